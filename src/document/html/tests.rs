//! Short pages of our own and what they must become.

use super::read;
use crate::model::{BlockKind, CellPlace, Reading, Text};

/// The blocks as lines: kind, place in a table, `~` for furniture, words.
fn outline(page: &str) -> Vec<String> {
    let text = read(page.to_owned());
    text.blocks
        .iter()
        .map(|b| {
            format!(
                "{}{}{} {}",
                kind(b.kind),
                b.cell.map_or(String::new(), place),
                if b.furniture { "~" } else { "" },
                text.quote(b.span)
            )
        })
        .collect()
}

fn kind(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(n) => format!("h{n}"),
        BlockKind::Item(n) => format!("li{n}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::Cell => "td".to_owned(),
        BlockKind::Term => "dt".to_owned(),
        BlockKind::Definition => "dd".to_owned(),
    }
}

fn place(c: CellPlace) -> String {
    let rows = if c.rows > 1 { format!("+{}", c.rows) } else { String::new() };
    format!("[{}:{}{rows},{}{}]", c.table, c.row, c.column, if c.header { "h" } else { "" })
}

#[track_caller]
fn check(page: &str, expected: &[&str]) {
    assert_eq!(outline(page), expected);
    covers(&read(page.to_owned()));
}

/// Blocks follow each other, cover the body, and ASCII letters stand where their origin says.
fn covers(text: &Text) {
    let mut end = 0;
    for block in &text.blocks {
        assert_eq!(block.span.start as usize, end);
        assert_eq!(&text.body[block.span.end as usize..block.span.end as usize + 1], "\n");
        assert!(!block.span.is_empty());
        end = block.span.end as usize + 1;
    }
    assert_eq!(end, text.body.len());
    for (at, b) in text.body.bytes().enumerate().filter(|(_, b)| b.is_ascii_alphanumeric()) {
        if text.cloaked.iter().any(|s| s.range().contains(&at)) {
            continue;
        }
        let source = text.origin.source.as_bytes()[text.origin.source_byte(at as u32)];
        assert!(source == b || source == b'&', "byte {at} of {:?} from {:?}", text.body, text.origin.source);
    }
}

#[test]
fn headings_paragraphs_and_lists() {
    check(
        "<title>A &amp; B</title><h1>Title</h1><p>One<p>Two<ul><li>a<li>b<ul><li>c</ul>d</ul>loose<dl><dt>T<dd>D<dt>U<dd><p>E</dl>",
        &["h1 Title", "p One", "p Two", "li1 a", "li1 b", "li2 c", "li1 d", "p loose", "dt T", "dd D", "dt U", "dd E"],
    );
    let page = "<html lang=en-GB><head><title>A &amp;\n B</title></head><svg><title>x</title></svg><p>y";
    let text = read(page.to_owned());
    assert_eq!(
        (text.title.as_deref(), text.language.as_deref(), text.body.as_str()),
        (Some("A & B"), Some("en-GB"), "y\n")
    );
    check(
        "<div role=heading aria-level=3>X</div><h2>Y<p>z</p><h3>W<ul><li>v</ul>",
        &["h3 X", "h2 Y", "p z", "h3 W", "li1 v"],
    );
    check("a</div>b</span></ul>c<p>d</em></section>e</p>", &["p abc", "p de"]);
}

#[test]
fn bold_paragraphs_are_headings() {
    check(
        "<p><strong>Who we are</strong></p><p><b>This is bold.</b></p><p><b>A</b> b</p><li><b>C</b></li><p><b>D</b><br>E</p><p><b>F</b><br><br>G",
        &["h6 Who we are", "p This is bold.", "p A b", "li1 C", "p D", "p E", "h6 F", "p G"],
    );
    check("<p><b>A</p><p>b</b></p>", &["h6 A", "p b"]);
}

#[test]
fn lines_end_at_breaks_unless_words_run_on() {
    check(
        "<p>Address:<br>1 High Street,<br>Town<br>AB1<br/>for the<br>purpose of<br>NHS care<br>\n<br>end</p><h2>A<br>b</h2>",
        &["p Address:", "p 1 High Street,", "p Town", "p AB1", "p for the purpose of NHS care", "p end", "h2 A b"],
    );
    check("<pre>One\nTwo and\nthree</pre>", &["p One", "p Two and three"]);
    check("<ul><li>a:<br>B</ul>", &["li1 a:", "li1 B"]);
}

#[test]
fn tables_have_places() {
    check(
        "<table><tr><th>P<th colspan=2>Q<tr><td rowspan=2>a<td>b<td><ul><li>c<li>d</ul><p>e</table><p>f",
        &[
            "td[0:0,0h] P", "td[0:0,1h] Q", "td[0:1+2,0] a", "td[0:1,1] b", "li1[0:1,2] c", "li1[0:1,2] d",
            "p[0:1,2] e", "p f",
        ],
    );
    check(
        "<table><thead><tr><td>H</thead><tbody><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        &["td[0:0,0h] H", "td[0:1+2,0] a", "td[0:1,1] b", "td[0:2,1] c"],
    );
    check(
        "<table><tr><td><b>H</b><td><strong>I</strong><tr><td>a<table><tr><td>n</table>z<td>b</table>",
        &["td[0:0,0h] H", "td[0:0,1h] I", "td[0:1,0] a", "td[1:0,0] n", "td[0:1,0] z", "td[0:1,1] b"],
    );
    check(
        "<table><tr><td><b>K</b><td>v<tr><td><b>L</b><td>w</table>",
        &["td[0:0,0] K", "td[0:0,1] v", "td[0:1,0h] L", "td[0:1,1] w"],
    );
    check("<div><table><tr><td>a</div></p></td><td>b</table>c<td>d", &["td[0:0,0] a", "td[0:0,1] b", "p c", "p d"]);
}

#[test]
fn panels_are_kept_and_their_toggles_are_headings() {
    check("<details><summary>How long</summary>Eight years</details>", &["h6 How long", "p Eight years"]);
    check(
        "<h2 class=accordion-header><button class='accordion-button collapsed' data-bs-toggle=collapse>Sharing</button></h2>
         <div class='accordion-collapse collapse'><div class=accordion-body>With GPs</div></div>
         <a data-toggle=collapse href=#x aria-expanded=false>Rights</a><div hidden aria-hidden=true>You may object</div><button>Print</button>",
        &["h2 Sharing", "p With GPs", "h6 Rights", "p You may object", "p~ Print"],
    );
    check("<fieldset><legend>L</legend>t</fieldset>", &["h6 L", "p t"]);
}

#[test]
fn what_is_not_for_readers_is_dropped() {
    check(
        "a<script>var x='<p>no</p>'</script>b<style>p{}</style><!-- c --><noscript>d</noscript><template><p>e</template><svg/><svg><text>f</svg>\
         <select><option>g<option>h</select><iframe>i</iframe>j<p>k<select><option>l<p>m",
        &["p abj", "p k", "p m"],
    );
    check("<p>x<!-- open", &["p x"]);
}

#[test]
fn cloaked_addresses_come_to_light() {
    let page = "<p>Mail <a href='/cdn-cgi/l/email-protection' class=__cf_email__ data-cfemail=10797e767f5071673e7e7863>[email&#160;protected]</a> or
        <a href='/cdn-cgi/l/email-protection#10797e767f5071673e7e7863'>[email&#160;protected]</a>, <a href='/cdn-cgi/l/email-protection#10797e767f5071673e7e7863'>us</a>.";
    check(page, &["p Mail info@aw.nhs or info@aw.nhs, us."]);
    let text = read(page.to_owned());
    let cloaked: Vec<&str> = text.cloaked.iter().map(|s| text.quote(*s)).collect();
    let links: Vec<(&str, &str)> = text.links.iter().map(|l| (text.quote(l.span), l.href.as_str())).collect();
    assert_eq!(cloaked, ["info@aw.nhs", "info@aw.nhs"]);
    assert_eq!(links, [("info@aw.nhs", "mailto:info@aw.nhs"), ("us", "mailto:info@aw.nhs")]);
    let sentence = "This email address is being protected from spambots.";
    check(
        &format!(
            "<p>Ask <span id=\"cloak7\">{sentence}</span><script>document.getElementById('cloak7').innerHTML = ''; var addy7 = 'a' + '&#64;'; addy7 = addy7 + 'b' + '&#46;uk';</script> now.</p>"
        ),
        &[&format!("p Ask {sentence} a@b.uk now.")],
    );
    check(
        &format!(
            "<div id='cloak7'>{sentence}</div><p>x</p><script>document.getElementById('cloak7').innerHTML=''; var addy7='a@b.uk';</script>"
        ),
        &[&format!("p {sentence} a@b.uk"), "p x"],
    );
    check(
        &format!("<p>Ask <script>var addy8 = 'a@b' + '&#46;' + 'uk'; document.write(addy8);</script>{sentence}"),
        &[&format!("p Ask a@b.uk {sentence}")],
    );
    check(
        "<joomla-hidden-mail first='aW5mbw==' last='YS5uaHMudWs='>Protected.</joomla-hidden-mail>",
        &["p Protected. info@a.nhs.uk"],
    );
}

#[test]
fn links_are_noted() {
    let text = read(
        "<p>See <a href='https://x.uk/?a=1&amp;b'> the <b>site</b> </a>, <a href=/in>in</a>, <a href=tel:01>01"
            .to_owned(),
    );
    let links: Vec<(&str, &str)> = text.links.iter().map(|l| (text.quote(l.span), l.href.as_str())).collect();
    assert_eq!(links, [("the site", "https://x.uk/?a=1&b"), ("01", "tel:01")]);
}

#[test]
fn furniture_is_flagged() {
    let words = "The board collects information for purchasing services. ".repeat(9);
    let words = words.trim();
    let page = format!(
        "<body class='has-sidebar'><a class=skip-link href=#m>Skip</a><div id=ccc>Cookies</div><header><h1>Notice</h1><p>Logo</p></header>
         <div class=site-menu><ul><li><a href=/>Home</a></ul></div><div class='content-nav'><main><section id=cookies><p>{words}</p></section>
         <div class=related-links>More</div><header>Intro</header></main></div><div class='elementor-widget elementor-widget-text'>Text</div><footer>Foot</footer>"
    );
    let p = format!("p {words}");
    let expected =
        ["p~ Skip", "p~ Cookies", "h1 Notice", "p~ Logo", "li1~ Home", &p, "p~ More", "p Intro", "p Text", "p~ Foot"];
    check(&page, &expected);
    check(&format!("<a href=#c>Skip to content</a><p>{words}"), &["p~ Skip to content", &p]);
    // Half of the page is no furniture; neither is what is left of a page that is all classes.
    check(&format!("<form class=search><p>{words}</p></form><p>x</p>"), &[&p, "p x"]);
    check("<div class=news>a b c</div><div class=widget>d e f</div><p>g</p>", &["p a b c", "p d e f", "p g"]);
    let menu = "<li><a href=/x>Some link words here</a>".repeat(50);
    let found = outline(&format!("<nav><ul>{menu}</ul></nav><p>{words}</p>"));
    assert!(found[0].starts_with("li1~") && found[50].starts_with("p The"));
}

#[test]
fn every_byte_knows_its_place() {
    let page = "<p>R&amp;D\u{a0}&nbsp;caf&eacute; &pound;5&hellip;\r\nA &lt;b&gt; &#8217;x&notit; AT&T</p>";
    let text = read(page.to_owned());
    assert_eq!(text.body, "R&D café £5… A <b> ’x¬it; AT&T\n");
    for (words, raw) in [
        ("R&D", "R&amp;D"),
        ("é", "&eacute;"),
        ("£", "&pound;"),
        ("…", "&hellip;"),
        ("A", "A &lt;"),
        ("<", "&lt;"),
        ("’", "&#8217;"),
        ("it;", "it; AT"),
        ("T&T", "T&T"),
    ] {
        let at = text.body.find(words).unwrap() as u32;
        assert!(page[text.origin.source_byte(at)..].starts_with(raw), "{words}");
    }
    let at = text.body.find("it;").unwrap() as u32;
    assert_eq!(text.origin.line_column(at).0, 2);
}

#[test]
fn deep_and_broken_pages_end_well() {
    let deep = format!("{}a{}<p>b</p>", "<div>".repeat(10_000), "</div>".repeat(10_000));
    assert_eq!(outline(&deep), ["p a", "p b"]);
    let tables = format!("{}a", "<table><tr><td>".repeat(10_000));
    assert_eq!(read(tables).body, "a\n");
    let attributes = format!("<p {}>a", "x=1 class=y ".repeat(100_000));
    assert_eq!(read(attributes).body, "a\n");
    for page in [
        "", "<", "</", "<p", "<p class=", "&", "&#", "&#x110000;", "<!", "<a href='x", "<title>x", "<script>x", "\0",
        "</p></p>", "<td><tr></table>", "<b></b></b></a>",
    ] {
        covers(&read(page.to_owned()));
    }
    let long = read(format!("<p>{}", "ab ’".repeat(4_000_000)));
    assert!(long.origin.source.len() <= 20 * 1024 * 1024 && matches!(long.reading, Reading::Part(_)));
}

#[test]
fn any_mixture_of_pieces_keeps_its_places() {
    const PIECES: [&str; 44] = [
        "<p>", "</p>", "<div class='menu'>", "</div>", "<ul>", "<li>", "</li>", "</ul>", "<table>", "<tr>",
        "<td rowspan=3>", "<th colspan=2>", "</table>", "<h2>", "</h2>", "<b>", "</b>", "<a href='https://x.uk'>",
        "</a>", "<br>", " words of a notice ", "Caldicott", "&amp;", "&nbsp;", "&eacute;x", "’s", "\r\n", "<!-- c -->",
        "</>", "< 5", "<script>s</script>", "<button aria-expanded=false>", "</button>", "<pre>", "</pre>", "<nav>",
        "</nav>", "<select>", "</select>", "<svg>", "<main>", "<span data-cfemail=10797e767f5071673e7e7863>",
        "</span>", "&notit;",
    ];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut page = String::new();
        for _ in 0..30 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            page.push_str(PIECES[(state >> 33) as usize % PIECES.len()]);
        }
        covers(&read(page));
    }
}
