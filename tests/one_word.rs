//! In each of 32 encodings a file of a thousand good lines with one damaged word: the word is put right, every other
//! byte stays.

use tidyglot::{
    Document, Engine, Settings,
    region::Format,
    text::{Options, Source, lookup},
};

/// An encoding, a sentence in a language that is written in it, and the letter that a program left as an escape.
const FILES: [(&str, &str, char); 32] = [
    ("utf-8", "Der Zug nach Köln fährt heute später ab", 'ä'),
    ("utf-16le", "Der Zug nach Köln fährt heute später ab", 'ä'),
    ("utf-16be", "Поезд на север сегодня отходит позже", 'ж'),
    ("windows-1250", "Pociąg do Łodzi odjeżdża dziś później", 'ź'),
    ("windows-1251", "Поезд на север сегодня отходит позже", 'ж'),
    ("windows-1252", "Le train de Besançon arrivera plus tôt que prévu", 'ô'),
    ("windows-1253", "Το τρένο για τη θάλασσα φεύγει σήμερα αργότερα", 'ή'),
    ("windows-1254", "Trenin kalkış saati bugün değişti ve yolcular bekliyor", 'ğ'),
    ("windows-1255", "הרכבת לצפון יוצאת היום מאוחר יותר", 'ב'),
    ("windows-1256", "القطار المتجه إلى الشمال يغادر اليوم متأخرا", 'ق'),
    ("windows-1257", "Vilciens uz ziemeļiem šodien atiet vēlāk nekā parasti", 'ē'),
    ("windows-1258", "Con tàu đi lên phía trên hôm nay chay muôn hon", 'ô'),
    ("windows-874", "รถไฟสายเหนือวันนี้ออกช้ากว่าปกติ", 'ว'),
    ("iso-8859-2", "Vlak na sever dnes odjíždí později než obvykle", 'ž'),
    ("iso-8859-5", "Поезд на север сегодня отходит позже", 'ж'),
    ("iso-8859-6", "القطار المتجه إلى الشمال يغادر اليوم متأخرا", 'ق'),
    ("iso-8859-7", "Το τρένο για τη θάλασσα φεύγει σήμερα αργότερα", 'ή'),
    ("iso-8859-15", "Le train de Besançon arrivera plus tôt que prévu", 'ô'),
    ("koi8-r", "Поезд на север сегодня отходит позже", 'ж'),
    ("koi8-u", "Потяг на північ сьогодні вирушає пізніше", 'ш'),
    ("ibm437", "Der Zug nach Köln fährt heute später ab", 'ä'),
    ("ibm850", "Le train de Besançon arrivera plus tôt que prévu", 'ô'),
    ("ibm852", "Pociąg do Łodzi odjeżdża dziś później", 'ź'),
    ("ibm866", "Поезд на север сегодня отходит позже", 'ж'),
    ("macintosh", "Le train de Besançon arrivera plus tôt que prévu", 'ô'),
    ("x-mac-cyrillic", "Поезд на север сегодня отходит позже", 'ж'),
    ("gb18030", "今天开往北方的火车比平时晚一些出发", '晚'),
    ("big5", "今天開往北方的火車比平時晚一些出發", '晚'),
    ("shift_jis", "今日は北へ向かう列車がいつもより遅く出発します", '遅'),
    ("euc-jp", "今日は北へ向かう列車がいつもより遅く出発します", '遅'),
    ("iso-2022-jp", "今日は北へ向かう列車がいつもより遅く出発します", '遅'),
    ("euc-kr", "오늘 북쪽으로 가는 기차는 평소보다 늦게 출발합니다", '늦'),
];

/// A thousand lines; in one of them the letter stands as its escape.
fn file(sentence: &str, letter: char, damaged: bool) -> String {
    let mut out = String::new();
    for line in 0..1001 {
        let number = 100 + line;
        if damaged && line == 640 {
            let escaped = sentence.replacen(letter, &format!("\\u{:04x}", u32::from(letter)), 1);
            out.push_str(&format!("{escaped} ({number}).\n"));
        } else {
            out.push_str(&format!("{sentence} ({number}).\n"));
        }
    }
    out
}

#[test]
fn one_word_is_put_right_and_nothing_else_changes() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let settings = Settings::default();
    let mut wrong = Vec::new();
    for (name, sentence, letter) in FILES {
        let encoding = lookup(name).expect("the encoding is known");
        let encode = |damaged| encoding.encode(&file(sentence, letter, damaged)).expect("the encoding has all letters");
        let (raw, wanted) = (encode(true), encode(false));
        assert_ne!(raw, wanted, "{name}: the letter stands in the sentence");
        // Told and guessed.
        for options in [Options { encoding: Some(name), ..Options::default() }, Options::default()] {
            let told = options.encoding.is_some();
            let source = Source::decode(&raw, &options).expect("the file is text");
            let doc = Document::new(source, Format::Plain);
            let found = engine.check(&doc, &settings);
            let cleaned = engine.clean(&doc, &found, &settings, false);
            if cleaned.bytes != wanted {
                let guess = &doc.source.encoding().name;
                wrong.push(format!("{name} (told: {told}, read as {guess}): {:?}", cleaned.refused));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
