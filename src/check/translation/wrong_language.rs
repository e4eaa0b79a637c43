//! A paragraph in another language than the rest of the text.

use super::{
    RUNNING_TEXT,
    bilingual_shape::{self, Kind, Outline, Verdict},
    identified::{self, Identifier},
    on_purpose,
};
use crate::{
    analysis::{
        Signals,
        paragraphs::{Paragraphs, trimmed},
        stop_words::{self, Paragraph},
    },
    check::{Check, Context, Example, Meta, Sink, script::language_name},
    finding::Severity,
    region::Format,
    text::{Mixing, Span},
};
use std::collections::HashMap;

pub(super) struct WrongLanguage;

static META: Meta = Meta {
    name: "translation/wrong-language",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "paragraph in another language than the rest of the text",
    why: "A paragraph was left out of the translation, or was taken over from a page in another language.",
    when_wrong: "A quotation, a song or a text in several languages on purpose.",
    fix: "",
    needs: Signals::ASCII_LETTER.or(Signals::NON_ASCII),
    examples: &[
        Example::Bad {
            text: "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zu sperren. Sie ist seit dem Winter nicht mehr sicher, und die Reparatur wird ein Jahr dauern.\n\n\
                   Die Busse fahren so lange über die neue Brücke, die im Norden der Stadt liegt und auch für Fußgänger geöffnet ist.\n\n\
                   The mayor said that the city would pay for the ferry that takes people across the river from six in the morning to ten in the evening, and that it is free for children.\n\n\
                   Die Fähre soll im Mai den Betrieb aufnehmen, wenn das Wetter es zulässt und der Fluss nicht zu viel Wasser führt.",
            find: &[
                "The mayor said that the city would pay for the ferry that takes people across the river from six in the morning to ten in the evening, and that it is free for children.",
            ],
            fixed: None,
        },
        Example::Bad {
            text: "The library opens at nine and closes at six, and on Fridays it is open until eight in the evening for all of the readers.\n\n\
                   Los libros que se han perdido deben ser pagados por el lector, y la biblioteca no presta más libros hasta que se haya pagado la cuenta de los que faltan.\n\n\
                   Children may take home four books at a time, and the books have to be brought back to the library within three weeks of that day.\n\n\
                   The reading room on the second floor is for those who want to work in peace, and it has been open to everybody since the summer.",
            find: &[
                "Los libros que se han perdido deben ser pagados por el lector, y la biblioteca no presta más libros hasta que se haya pagado la cuenta de los que faltan.",
            ],
            fixed: None,
        },
        Example::Bad {
            text: "The town council approved a plan on Monday to repair the three bridges over the river before next winter, and said that the work would start in April.\n\n\
                   Der Stadtrat hat am Montag beschlossen, die drei Brücken über den Fluss noch vor dem nächsten Winter zu sanieren, und die Arbeiten sollen im April beginnen.\n\n\
                   Drivers complain that the detour takes too long and that the buses have been late on every day of the week since the summer.",
            find: &[
                "Der Stadtrat hat am Montag beschlossen, die drei Brücken über den Fluss noch vor dem nächsten Winter zu sanieren, und die Arbeiten sollen im April beginnen.",
            ],
            fixed: None,
        },
        Example::Bad {
            text: "La mairie a fermé le pont mardi parce que la pluie de la semaine a emporté une partie du chemin qui mène à la rivière et que les travaux ne sont pas finis.\n\n\
                   Les habitants du village passent par le moulin, et les enfants vont à l'école avec le car que la commune a loué pour les mois de mars et d'avril.\n\n\
                   The council said that the old bridge would be closed until the end of April and that the bus to the school would leave from the mill at seven in the morning.\n\n\
                   Le maire promet que le pont sera ouvert avant l'été, mais les ouvriers disent que la pierre n'est pas encore dans le village et que le camion est en panne.\n\n\
                   Pour les gens qui ont des vaches de l'autre côté de la rivière, la commune a fait mettre une barque que le fils du meunier conduit deux fois par jour.\n\n\
                   La semaine dernière il y avait dans la barque trois vaches et le curé, qui dit que c'est dans la Bible et que personne ne s'est plaint du voyage.\n\n\
                   The farmers have asked for a second boat, and the mayor said that they would have one as soon as the money that was promised by the county has been paid.",
            find: &[
                "The council said that the old bridge would be closed until the end of April and that the bus to the school would leave from the mill at seven in the morning.",
            ],
            fixed: None,
        },
        Example::Good {
            text: "The poem begins with these lines, which every child in the village knows by heart and which are carved over the door of the school:\n\n\
                   „Wenn der Wind über die Felder geht und das Korn sich neigt, dann ist die Zeit der Ernte da, und alle Leute gehen hinaus auf das Land und singen.“\n\n\
                   The rest of it has been lost since the fire, and only the oldest people of the village can say what it was about and who wrote it.\n\n\
                   They say that it was the miller, who had come from the north and who never told anybody what his name had been before that.",
        },
        Example::Good {
            text: "The house is old and stands by the river, and the road to it has been closed since the winter of last year.\n\n\
                   Das Haus ist alt und steht am Fluss, und die Straße zu ihm ist seit dem Winter des letzten Jahres gesperrt.\n\n\
                   The garden is large, and the trees in it were planted by the father of the man who lives there with his family.\n\n\
                   Der Garten ist groß, und die Bäume in ihm wurden von dem Vater des Mannes gepflanzt, der dort mit seiner Familie wohnt.",
        },
        Example::Good {
            text: "The café Au Bon Vieux Temps de la Place du Marché and the bar Les Amis de la Mer are the oldest in the town.\n\n\
                   Both were opened by the same man, and both of them have been in the hands of his family for more than a hundred years.",
        },
    ],
};

impl Check for WrongLanguage {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        RUNNING_TEXT
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let Some(speech) = cx.facts().speech(prose) else { return };
        let heard = stop_words::tag(speech.language);
        let mut words = stop_words::Reader::new(prose);
        // What was heard when the words were passed says it of almost every paragraph.
        let hear = |span: Span| {
            let (ours, foreign) = speech.of(span)?;
            let kind = match ours {
                _ if ours > foreign => Kind::Own,
                0 if identified::is_in_another_script(&prose[span.range()], heard) => Kind::Leaning(""),
                _ => Kind::Unclear,
            };
            Some((span, kind))
        };
        let mut read = |span: Span| {
            let paragraph = Paragraph::read(&mut words, trimmed(prose, span), Some(speech.language))?;
            Some((paragraph.span, kind(&paragraph, speech.language)))
        };
        let paragraphs: Vec<Span> = Paragraphs::of(cx.facts().lines(prose)).collect();
        let mut judge = |span: &Span| hear(*span).or_else(|| read(*span));
        // A long text in two languages shows that in some of its paragraphs.
        let step = paragraphs.len() / FIRST;
        if step > 1 {
            let some: Vec<(Span, Kind)> = paragraphs.iter().step_by(step).filter_map(&mut judge).collect();
            if bilingual_shape::is_mixed(&some, heard) {
                return;
            }
        }
        let mut parts: Vec<(Span, Kind)> = paragraphs.iter().filter_map(judge).collect();
        let outline = Outline::of(&parts);
        let is_foreign = |(_, kind): &&(Span, Kind)| matches!(kind, Kind::Other(_) | Kind::Leaning(_));
        let foreign = parts.iter().filter(is_foreign).count();
        if !outline.is_unclear() && foreign == 0 {
            return;
        }
        let all = |parts: &[(Span, Kind)], kind| -> Vec<Span> {
            parts.iter().filter(|(_, k)| *k == kind).map(|(span, _)| *span).collect()
        };
        // The function words of a language that is not known speak for one of its neighbours: the identifier must agree. It
        // has done so where it has named the document's language.
        let is_sure = |parts: &[(Span, Kind)]| {
            cx.lang() == Some(heard) || identified::are_in(prose, &all(parts, Kind::Own), heard)
        };
        let mut main = heard;
        if heard == "en" && outline.is_unclear() {
            let turned: Vec<(Span, Kind)> = parts.iter().map(|(span, kind)| (*span, kind.turned(heard))).collect();
            if bilingual_shape::verdict(prose, &turned) == Verdict::Silent {
                return;
            }
            if let Some(language) = identified::common(prose, &all(&parts, Kind::Unclear))
                && stop_words::language(language).is_none()
            {
                // The identifier may have taken the text's own language for a larger one: it is not named, and only English
                // is reported in it.
                (main, parts) = ("", turned);
            }
        }
        // The shape may say enough without the identifier: most of what that says of a paragraph leaves the shape as it is.
        let leaning = parts.iter().filter(|(_, kind)| matches!(kind, Kind::Leaning(_))).count();
        if leaning * FEW <= parts.len() && bilingual_shape::verdict(prose, &parts) == Verdict::Silent {
            return;
        }
        let ask_first = !main.is_empty() && foreign > SOME;
        if ask_first && !is_sure(&parts) {
            return;
        }
        confirm(prose, &mut parts, main);
        // The shape of a text in two languages is that of all its paragraphs, those set aside too.
        if bilingual_shape::verdict(prose, &parts) == Verdict::Silent {
            return;
        }
        set_aside(prose, &mut parts);
        let verdict = bilingual_shape::verdict(prose, &parts);
        if verdict == Verdict::Silent {
            return;
        }
        let found = blocks(&parts);
        if found.is_empty() || !main.is_empty() && !ask_first && !is_sure(&parts) {
            return;
        }
        // Where so much is in the other language, the text may be in two on purpose: a note, not a warning.
        let (many, severity) = if verdict == Verdict::Together { (1, Severity::Info) } else { (MANY, META.severity) };
        report(cx.facts().lines(prose), &found, main, many, severity, out);
    }
}

/// Of a text with more than twice as many paragraphs so many are looked at first.
const FIRST: usize = 160;

/// Where no more paragraphs are in question, the identifier is asked about them first, and about the others then.
const SOME: usize = 4;

/// Where at most one paragraph in so many leans to another language, the shape is that of the others.
const FEW: usize = 12;

/// Asks the identifier about what may be in another language: it must agree, and be sure.
fn confirm(prose: &str, parts: &mut [(Span, Kind)], main: &str) {
    let mut identifier = Identifier::default();
    for (span, kind) in parts {
        match *kind {
            Kind::Other(language) if !identifier.agrees(prose, *span, language) => *kind = Kind::Leaning(language),
            Kind::Leaning(_) => match identifier.names(prose, *span) {
                Some(language) if language == main => *kind = Kind::Own,
                Some(language) => *kind = Kind::Other(language),
                None => {}
            },
            _ => {}
        }
    }
}

/// Sets aside what is in another language on purpose, by the signs that it and its neighbours give.
fn set_aside(prose: &str, parts: &mut [(Span, Kind)]) {
    let text = |at: usize| parts.get(at).and_then(|(span, _)| prose.get(span.range())).unwrap_or_default();
    let is_other = |at: usize| matches!(parts.get(at), Some((_, Kind::Other(_) | Kind::Leaning(_))));
    let others: Vec<usize> = (0..parts.len()).filter(|at| is_other(*at)).collect();
    let mut anchors: HashMap<usize, Vec<&str>, Mixing> = HashMap::default();
    // A partner is looked for on both sides, and must share what the paragraphs farther off do not have.
    let mut has_partner = |at: usize| {
        [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|beside| !is_other(*beside)).any(|beside| {
            if !on_purpose::are_alike(text(at), text(beside)) {
                return false;
            }
            for paragraph in [at, beside] {
                anchors.entry(paragraph).or_insert_with(|| on_purpose::anchors(text(paragraph)));
            }
            let (Some(ours), Some(theirs)) = (anchors.get(&at), anchors.get(&beside)) else { return false };
            let near = at.saturating_sub(4)..(at + 5).min(parts.len());
            let around: Vec<&str> = near.filter(|i| *i != at && *i != beside).map(text).collect();
            on_purpose::are_partners(ours, theirs, &around)
        })
    };
    let labels: Vec<_> = others.iter().map(|at| parts.get(*at).and_then(|p| on_purpose::label(prose, p.0))).collect();
    let mut often: HashMap<&str, u32, Mixing> = HashMap::default();
    labels.iter().flatten().for_each(|label| *often.entry(label).or_default() += 1);
    let is_marked = |(at, label): (&usize, &Option<String>)| {
        parts.get(*at).is_some_and(|(span, _)| on_purpose::is_quoted(prose, *span))
            || label.as_deref().and_then(|label| often.get(label)).is_some_and(|count| *count > 1)
    };
    let marked: Vec<bool> = others.iter().zip(&labels).map(is_marked).collect();
    let paired: Vec<bool> = others.iter().map(|at| has_partner(*at)).collect();
    let meant = marked.iter().zip(&paired).filter(|(marked, paired)| **marked || **paired).count();
    // Where most of them are meant, the others are too.
    let all = meant >= 2 && meant * 3 >= others.len() * 2;
    for (at, (marked, paired)) in others.into_iter().zip(marked.into_iter().zip(paired)) {
        let Some((_, kind)) = parts.get_mut(at) else { continue };
        *kind = match *kind {
            _ if all || marked => Kind::Quoted,
            // It is not reported, but says that the text is in two languages.
            Kind::Other(language) if paired => Kind::Leaning(language),
            kind => kind,
        };
    }
}

/// The paragraphs in another language, the first of each block: what directly follows has the same cause.
fn blocks(parts: &[(Span, Kind)]) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    let mut last = Kind::Own;
    for (span, kind) in parts {
        if let Kind::Other(language) = *kind
            && last != *kind
        {
            found.push((*span, language));
        }
        last = *kind;
    }
    found
}

/// A text in which more places than that were left out of the translation is one matter, not many.
const MANY: usize = 4;
/// So many places are named then.
const NAMED: usize = 10;

/// One finding for each place, or one for all that are in a language if there are more than `many`.
fn report(lines: &[Span], found: &[(Span, &'static str)], main: &str, many: usize, severity: Severity, out: &mut Sink) {
    let name = |tag| language_name(tag).map_or_else(|| format!("«{tag}»"), str::to_owned);
    let main = if main.is_empty() { "another language".to_owned() } else { name(main) };
    let mut counts: HashMap<&str, usize, Mixing> = HashMap::default();
    found.iter().for_each(|(_, language)| *counts.entry(language).or_default() += 1);
    let mut said: Vec<&str> = Vec::new();
    for &(span, language) in found {
        let count = counts.get(language).copied().unwrap_or(0);
        let other = name(language);
        if count <= many {
            let message = format!("this paragraph is in {other}, the rest of the text in {main}");
            out.report_as(severity, span, 0.85, message, None);
        } else if !said.contains(&language) {
            said.push(language);
            let line = |at: usize| lines.partition_point(|l| l.start <= at).max(1);
            let all = found.iter().filter(|(_, other)| *other == language);
            let places: Vec<String> = all.skip(1).take(NAMED).map(|(other, _)| line(other.start).to_string()).collect();
            let more = if count > NAMED + 1 { " and elsewhere" } else { "" };
            let message = format!(
                "{count} places of the text are in {other}, the rest is in {main}: here, and at lines {}{more}",
                places.join(", ")
            );
            out.report_as(severity, span, 0.85, message, None);
        }
    }
}

/// What a paragraph counts for: it is in another language where that one's words are many and those of the text's own few.
fn kind(paragraph: &Paragraph, main: usize) -> Kind {
    if paragraph.own {
        return Kind::Own;
    }
    let many = |hits: u8| hits >= paragraph.hits[main] * 3 + 3;
    match paragraph.best() {
        Some((language, _)) if language == main => Kind::Own,
        Some((language, share)) if share >= 0.22 && many(paragraph.hits[language]) => {
            Kind::Other(stop_words::tag(language))
        }
        Some((language, _)) => Kind::Leaning(stop_words::tag(language)),
        // Two languages that share their words: the identifier may tell them apart.
        None => match (0..stop_words::COUNT).max_by_key(|i| paragraph.hits[*i]) {
            Some(language) if paragraph.hits[language] >= 4 && many(paragraph.hits[language]) => {
                Kind::Leaning(stop_words::tag(language))
            }
            _ => Kind::Unclear,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_places_are_one_finding() {
        let prose = "a\nb\n".repeat(20);
        let found: Vec<(Span, &str)> = (0..14).map(|i| (Span::new(4 * i, 4 * i + 1), "en")).collect();
        let facts = crate::analysis::Facts::default();
        let said = |found: &[(Span, &'static str)]| {
            let mut out = Sink::new(&META);
            report(facts.lines(&prose), found, "de", MANY, META.severity, &mut out);
            out.into_findings()
        };
        let all = said(&found);
        assert_eq!(all.len(), 1);
        assert!(all[0].message.starts_with("14 places"), "{}", all[0].message);
        assert!(all[0].message.ends_with("at lines 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and elsewhere"));
        let mut mixed = found;
        mixed.push((Span::new(60, 61), "fr"));
        assert_eq!(said(&mixed).len(), 2);
        assert_eq!(said(&mixed[..4]).len(), 4);
    }
}
