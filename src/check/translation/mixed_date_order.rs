//! `8 February` beside `January 24`: two orders of day and month in one text.

use super::months::{self, Order};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
};

pub(super) struct MixedDateOrder;

static META: Meta = Meta {
    name: "translation/mixed-date-order",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "day and month in the other order than elsewhere in the text",
    why: "Translations keep the source's order («8 February») where the engine did not turn it round («January 24»). \
          Mixed dates look careless, and in figures they are misread.",
    when_wrong: "A date inside a quotation or a name.",
    fix: "Writes the date in the order that the text uses elsewhere.",
    needs: Signals::DIGIT,
    examples: &[
        Example::Bad {
            text: "The first meeting was held on January 24 in the capital. The talks will go on in Geneva on 8 February, \
                   as the two sides said.",
            find: &["8 February"],
            fixed: Some(
                "The first meeting was held on January 24 in the capital. The talks will go on in Geneva on February 8, \
                 as the two sides said.",
            ),
        },
        Example::Bad {
            text: "They left on 3 March and came back on 9 April, and on 12 May they set out once more, this time by sea. \
                   On June 4 the ship was seen for the last time.",
            find: &["June 4"],
            fixed: Some(
                "They left on 3 March and came back on 9 April, and on 12 May they set out once more, this time by sea. \
                 On 4 June the ship was seen for the last time.",
            ),
        },
        Example::Good {
            text: "They left on March 3 and came back on April 9, as the log of the ship says on page 12.",
        },
        Example::Good { text: "On 3 March 1920 the club was founded; “On March 5 we met,” the first minutes say." },
        Example::Good { text: "Updated: 24 January 2017 02:30\nThe talks were held on January 24 in the old hotel." },
    ],
};

impl Check for MixedDateOrder {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let dates = months::dates(cx);
        let count = |order| dates.iter().filter(|d| d.order == order).count();
        let (day, month) = (count(Order::DayFirst), count(Order::MonthFirst));
        let Some(first) = dates.first() else { return };
        if day == 0 || month == 0 {
            return;
        }
        // Where both are as common, the first one sets the habit, and only a single other one is a slip.
        let minority = match day.cmp(&month) {
            std::cmp::Ordering::Less => Order::DayFirst,
            std::cmp::Ordering::Greater => Order::MonthFirst,
            std::cmp::Ordering::Equal if day == 1 => {
                if first.order == Order::DayFirst {
                    Order::MonthFirst
                } else {
                    Order::DayFirst
                }
            }
            std::cmp::Ordering::Equal => return,
        };
        let (few, many) = (day.min(month), day.max(month));
        if (few > 1 && few * 3 > many) || !cx.lang().is_some_and(|l| l == "en" || l.starts_with("en-")) {
            return;
        }
        for date in dates.iter().filter(|d| d.order == minority) {
            let (day, month) = (&prose[date.day.range()], &prose[date.month.range()]);
            let text = if minority == Order::DayFirst { format!("{month} {day}") } else { format!("{day} {month}") };
            let message = format!("the text writes its other dates the other way round; write «{text}»");
            out.report(date.span, 0.7, message, Some(Fix::replace(Safety::Suggested, date.span, text)));
        }
    }
}
