//! A paragraph in another language than the rest of the text.

use super::{
    RUNNING_TEXT,
    bilingual_shape::{self, Kind, Outline, Verdict},
};
use crate::{
    analysis::{
        Signals,
        around::boundary_before,
        is_certainly,
        paragraphs::{Paragraphs, trimmed},
        stop_words::{self, Paragraph},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    region::Format,
    text::Span,
};

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
        let main = speech.language;
        let mut words = stop_words::Reader::new(prose);
        // What was heard when the words were passed says it of almost every paragraph.
        let hear = |span: Span| {
            let (ours, foreign) = speech.of(span)?;
            Some((span, if ours > foreign { Kind::Own } else { Kind::Unclear }))
        };
        let mut read = |span: Span| {
            let paragraph = Paragraph::read(&mut words, trimmed(prose, span), Some(main))?;
            Some((paragraph.span, kind(&paragraph, prose, main)))
        };
        let paragraphs = Paragraphs::of(cx.facts().lines(prose));
        let mut outline = Outline::default();
        let mut others = Vec::new();
        let mut known = Vec::new();
        let mut count = 0;
        for paragraph in paragraphs.clone() {
            let judged = hear(paragraph).or_else(|| {
                known.push(read(paragraph));
                known.last().copied().flatten()
            });
            let Some((span, kind)) = judged else { continue };
            outline.note(span.start, kind);
            if let Kind::Other(language) = kind {
                others.push((count, span, language));
            }
            count += 1;
        }
        if others.is_empty() {
            return;
        }
        // Only a text that is not clear needs a list of all its paragraphs; what was read for it is not read again.
        let mut known = known.into_iter();
        let kinds: Vec<(Span, Kind)> = match outline.is_clear() {
            true => Vec::new(),
            false => paragraphs.filter_map(|span| hear(span).or_else(|| known.next().flatten())).collect(),
        };
        let verdict = bilingual_shape::verdict(prose, &outline, &kinds);
        if verdict == Verdict::Silent {
            return;
        }
        let mut found: Vec<(Span, usize)> = Vec::new();
        let mut identified = Identified::default();
        let mut last: Option<(usize, usize)> = None;
        for (index, span, language) in others {
            if !identified.agrees(prose, span, language) {
                continue;
            }
            // Once for each block: what directly follows belongs to the same finding's cause.
            let goes_on = last.replace((language, index)).is_some_and(|last| last == (language, index.wrapping_sub(1)));
            if !goes_on {
                found.push((span, language));
            }
        }
        // The function words of a language that is not known speak for one of its neighbours: the identifier must agree.
        let own: Vec<Span> = kinds.iter().filter(|(_, kind)| *kind == Kind::Own).map(|(span, _)| *span).collect();
        if found.is_empty() || !outline.is_clear() && !is_in(prose, &own, main) {
            return;
        }
        // Where so much is in the other language, the text may be in two on purpose: a note, not a warning.
        let (many, severity) = if verdict == Verdict::Together { (1, Severity::Info) } else { (MANY, META.severity) };
        report(cx.facts().lines(prose), &found, main, many, severity, out);
    }
}

/// A text in which more places than that were left out of the translation is one matter, not many.
const MANY: usize = 12;
/// So many places are named then.
const NAMED: usize = 10;

/// One finding for each place, or one for all that are in a language if there are more than `many`.
fn report(lines: &[Span], found: &[(Span, usize)], main: usize, many: usize, severity: Severity, out: &mut Sink) {
    let main = stop_words::tag(main);
    let mut places = [0usize; stop_words::LANES];
    found.iter().for_each(|(_, language)| places[*language] += 1);
    let mut said = [false; stop_words::LANES];
    for &(span, language) in found {
        let (tag, all) = (stop_words::tag(language), places[language]);
        if all <= many {
            let message =
                format!("this paragraph is in another language («{tag}») than the rest of the text («{main}»)");
            out.report_as(severity, span, 0.85, message, None);
        } else if !std::mem::replace(&mut said[language], true) {
            let line = |at: usize| lines.partition_point(|l| l.start <= at).max(1);
            let others = found.iter().filter(|(_, other)| *other == language).skip(1).take(NAMED);
            let places: Vec<String> = others.map(|(other, _)| line(other.start).to_string()).collect();
            let more = if all > NAMED + 1 { " and elsewhere" } else { "" };
            let message = format!(
                "{all} places of the text are in another language («{tag}») than the rest («{main}»): here, and at lines \
                 {}{more}",
                places.join(", ")
            );
            out.report_as(severity, span, 0.85, message, None);
        }
    }
}

/// What a paragraph counts for: it is in another language where that one's words are many and those of the text's own few.
/// Quotations are the writer's.
fn kind(paragraph: &Paragraph, prose: &str, main: usize) -> Kind {
    if paragraph.own {
        return Kind::Own;
    }
    match paragraph.best() {
        Some((language, _)) if language == main => Kind::Own,
        Some((language, share)) => {
            let opens = prose[paragraph.span.range()].starts_with(|c: char| "\"“„«»‹‘「『'>|*_".contains(c));
            if opens {
                Kind::Unclear
            } else if share >= 0.22 && paragraph.hits[language] >= paragraph.hits[main] * 3 + 3 {
                Kind::Other(language)
            } else {
                Kind::Leaning(language)
            }
        }
        None => Kind::Unclear,
    }
}

/// What the identifier said of paragraphs: it must agree, and be sure. Where it always did or never did, it need not be
/// asked again: it costs a thousand times more than a look at the words.
#[derive(Default)]
struct Identified {
    /// How often it agreed, and how often not, for each language.
    agreed: [u8; stop_words::LANES],
    refused: [u8; stop_words::LANES],
}

impl Identified {
    /// So often it is asked.
    const OFTEN: u8 = 5;

    fn agrees(&mut self, prose: &str, paragraph: Span, language: usize) -> bool {
        let (agreed, refused) = (self.agreed[language], self.refused[language]);
        match (agreed, refused) {
            (Self::OFTEN.., 0) => return true,
            (0, Self::OFTEN..) => return false,
            // Sometimes it did and sometimes not: what it did mostly.
            _ if agreed.saturating_add(refused) >= 3 * Self::OFTEN => return agreed >= refused.saturating_mul(4),
            _ => {}
        }
        let agrees = is_certain(prose, paragraph, language);
        let said = if agrees { &mut self.agreed } else { &mut self.refused };
        said[language] = said[language].saturating_add(1);
        agrees
    }
}

/// Whether most of some paragraphs are in a language.
fn is_in(prose: &str, paragraphs: &[Span], language: usize) -> bool {
    const ASKED: usize = 3;
    let asked = paragraphs.iter().step_by(paragraphs.len().div_ceil(ASKED).max(1));
    let said: Vec<bool> = asked.map(|span| is_certain(prose, *span, language)).collect();
    said.iter().filter(|agrees| **agrees).count() * 3 >= said.len() * 2
}

/// So many bytes are enough to identify a language.
const ENOUGH: usize = 320;

/// Whether a paragraph is in a language.
fn is_certain(prose: &str, paragraph: Span, language: usize) -> bool {
    let text = prose.get(trimmed(prose, paragraph).range()).unwrap_or_default();
    is_certainly(&text[..boundary_before(text, ENOUGH)], stop_words::tag(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_places_are_one_finding() {
        let prose = "a\nb\n".repeat(20);
        let found: Vec<(Span, usize)> = (0..14).map(|i| (Span::new(4 * i, 4 * i + 1), 0)).collect();
        let facts = crate::analysis::Facts::default();
        let said = |found: &[(Span, usize)]| {
            let mut out = Sink::new(&META);
            report(facts.lines(&prose), found, 1, MANY, META.severity, &mut out);
            out.into_findings()
        };
        let all = said(&found);
        assert_eq!(all.len(), 1);
        assert!(all[0].message.starts_with("14 places"), "{}", all[0].message);
        assert!(all[0].message.ends_with("at lines 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and elsewhere"));
        let mut mixed = found;
        mixed.push((Span::new(60, 61), 2));
        assert_eq!(said(&mixed).len(), 2);
        assert_eq!(said(&mixed[..12]).len(), 12);
    }
}
