//! Dates, times, copyright and addresses as pages print them, recognised by their shape.

/// Whether a line holds a clock time, or a year beside a day.
pub(super) fn dated(line: &str) -> bool {
    line.len() < 200 && (clock(line) || (year(line) && line.bytes().filter(u8::is_ascii_digit).count() >= 5))
}

/// Whether a line is nothing but a date with a time, perhaps with a section's name before it: `Some(true)` where
/// separators or a time zone show that a machine wrote it.
pub(super) fn stamp(line: &str) -> Option<bool> {
    if !clock(line) || !year(line) || line.len() > 120 || line.ends_with(['.', '!', '?', ';', ',']) {
        return None;
    }
    let words = line.split_whitespace().count();
    if words > 12 {
        return None;
    }
    let bars = line.matches(['|', '»', '›', '•']).count() + line.matches(" > ").count() + line.matches(" / ").count();
    let zone = ["UTC", "GMT", "(UTC", "EST", "EDT", "BST", "CET", "МСК", "IST", "PST", "PDT"]
        .iter()
        .any(|z| line.split(|c: char| !c.is_alphanumeric()).any(|w| w == z.trim_start_matches('(')));
    // Words that are no part of a date: a sentence may name a day and an hour too.
    let lower = line.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 1);
    let others = lower.filter(|w| w.chars().next().is_some_and(char::is_lowercase) && !is_date_word(w)).count();
    // Writing without capitals: more letters than a date needs are a sentence.
    let caseless = line.chars().filter(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()).count();
    if caseless > 12 {
        return None;
    }
    if (bars >= 2 && others <= 4) || (zone && others == 0 && line.contains('(')) {
        return Some(true);
    }
    (others == 0 && words <= 8).then_some(false)
}

fn is_date_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "am", "pm", "at", "de", "um", "uhr", "kl", "klo", "à", "alle", "às", "om", "в", "о", "on", "el", "del", "ore",
        "года", "г", "р", "v",
    ];
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "янв", "фев", "мар", "апр",
        "мая", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "січ", "лют", "бер", "кві", "тра", "чер", "лип",
        "сер", "вер", "жов", "лис", "гру", "ene", "abr", "ago", "dic", "fév", "fev", "avr", "mai", "juin", "juil",
        "aoû", "déc", "dez", "set", "out", "gen", "mag", "giu", "lug", "ott", "mär", "okt", "maj", "maart", "mei",
        "sty", "lut", "kwi", "cze", "lip", "sie", "wrz", "paź", "lis", "gru", "oca", "şub", "nis", "haz", "tem", "ağu",
        "eyl", "eki", "kas", "ara",
    ];
    let folded = word.to_lowercase();
    WORDS.contains(&folded.as_str()) || MONTHS.iter().any(|m| folded.starts_with(m))
}

/// `09:30`, `9.30 PM` is left to the reader.
fn clock(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|i| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2)
    })
}

/// A number between 1900 and 2099 that stands alone.
fn year(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")))
}

/// `© 2001–2024 Example`, `Copyright 2019 Example`, `(c) 2015 Example`: the sign or the word, and a year.
pub(super) fn is_copyright(line: &str) -> bool {
    if line.len() > 200 || !year(line) {
        return false;
    }
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '(');
    line.contains('©')
        || ["Copyright", "(c) ", "(C) ", "COPYRIGHT"].iter().any(|w| start.starts_with(w)) && !line.ends_with(',')
}

/// Only e-mail addresses, web addresses, telephone numbers, with a label at most.
pub(super) fn is_contact(line: &str) -> bool {
    let mut addresses = 0;
    let mut words = 0;
    for token in line.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|t| !t.is_empty()) {
        let is_mail = token.find('@').is_some_and(|i| i > 0 && token[i + 1..].contains('.'));
        if is_mail || token.starts_with("http://") || token.starts_with("https://") || token.starts_with("www.") {
            addresses += 1;
        } else {
            words += 1;
        }
    }
    addresses > 0 && words <= 2 && addresses + words <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_dates_with_times() {
        assert_eq!(stamp("City|roads|May 3, 2019 / 11:20 AM"), Some(true));
        assert_eq!(stamp("Latest News 3 May 2019 11:20 (UTC +02:00)"), Some(true));
        assert_eq!(stamp("3 мая 2019, 11:20"), Some(false));
        assert_eq!(stamp("The train left at 11:20 on 3 May 2019."), None);
        assert_eq!(stamp("the train left in 2019 at 11:20 with everybody on board"), None);
    }

    #[test]
    fn notes_need_a_year() {
        assert!(is_copyright("© 2001-2024 Example News") && is_copyright("Copyright 2019 Example"));
        assert!(!is_copyright("(c) Are you happy with it?") && !is_copyright("Copyright law in 12 lessons"));
        assert!(
            is_contact("e-mail: desk@example.org, news@example.com;")
                && !is_contact("Write to desk@example.org by Friday noon")
        );
    }
}
