//! `missing/source-of-data`.

use super::silence::{headed, says};
use crate::claims::Aspect;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that does not say where the information comes from.
    ///
    /// ## Why it matters
    /// A commissioner has most of its information from others: GP practices, hospitals, NHS England. Article 14(2)(f) of
    /// the UK GDPR requires the source, and whether it was publicly accessible.
    ///
    /// ## When it is wrong
    /// Where all information comes from the people themselves. Say so.
    ///
    /// ## Example
    /// Bad: "We use your information to pay for your care.", and nothing about where it comes from.
    ///
    /// Good: "You give us some of it yourself. The rest comes from your GP practice, from hospitals and from NHS
    /// England."
    SOURCE_OF_DATA = "missing/source-of-data", Warning, since: Some(date(2018, 5, 25)),
    references: [("UK GDPR, Article 14(2)(f)", "https://www.legislation.gov.uk/eur/2016/679/article/14")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    const WORDS: &[&str] = &[
        "source of", "sources of", "collected from", "collect from", "collect information from",
        "collect directly from", "collected directly", "collect directly", "collected by", "obtained from",
        "obtain from", "obtain it from", "obtain information from", "obtains these", "receive from", "received from",
        "receive information from", "receive data from", "receive it from", "receive personal", "receives from",
        "comes from", "come from", "came from", "reaches us from", "supplied by", "supplied to us", "provided by",
        "provide to us", "provided to us", "provided on your behalf", "you have told us", "you tell us", "you give us",
        "give us information", "gave us", "given to us", "sent to us", "sends us", "send us", "share with us",
        "shared with us", "from your gp", "from gp practices", "from hospitals", "from you", "gives us", "gather from",
        "gathered from", "people give it to us",
    ];
    if notice.silence_counts() && !headed(notice, &[Aspect::Sources]) && !says(notice, WORDS) {
        out.report("the notice does not say where the information comes from", "name the sources, for example the people themselves, GP practices, hospitals, councils and NHS England, and say whether any is publicly accessible");
    }
}
