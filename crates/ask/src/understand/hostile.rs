//! Input that is no question: code, markup, orders to break the rules; and the cleaning that comes before anything.

/// Drops control, bidi, zero-width and other invisible characters; runs of white space become one space.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !cleaned.ends_with(' ') {
                cleaned.push(' ');
            }
        } else if !c.is_control() && !invisible(c) {
            cleaned.push(c);
        }
    }
    cleaned.trim().to_owned()
}

fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Pieces that a question about the ecosystem never holds.
const CODE: [&str; 28] = [
    "__schema",
    "__type",
    "javascript:",
    "drop table",
    "drop database",
    "union select",
    "insert into",
    "delete from",
    "select * from",
    "select count(",
    "update set",
    " or 1=1",
    "or '1'='1",
    "';",
    "\";",
    "--;",
    ";--",
    "${",
    "{{",
    "}}",
    "</",
    "/>",
    "](",
    "<script",
    "onerror=",
    "<?",
    "eval(",
    "exec(",
];

/// Whether the text is code or markup rather than a question.
pub fn is_hostile(text: &str) -> bool {
    let lower = text.to_lowercase();
    if CODE.iter().any(|piece| lower.contains(piece)) {
        return true;
    }
    let braces = lower.contains('{') && lower.contains('}');
    let tag = lower.match_indices('<').any(|(at, _)| {
        let rest = &lower[at + 1..];
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') && rest.contains('>')
    });
    braces || tag
}
