//! Plain text made fit for Telegram: escaped, its directions kept apart, cut where a sentence ends.

/// Characters of one message that hold text; the rest of Telegram's 4,096 is left for the line of sources.
pub const LONGEST_PART: usize = 3400;

const LRM: char = '\u{200e}';
const RLM: char = '\u{200f}';
const FSI: char = '\u{2068}';
const PDI: char = '\u{2069}';

/// Escapes what HTML would read as markup.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Keeps a foreign name or title from shuffling the line around it.
pub fn isolate(text: &str) -> String {
    format!("{FSI}{}{PDI}", text.replace(is_bidi_control, ""))
}

/// Removes control characters and direction overrides; drops the isolates of a line that does not close them.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| *c == '\n' || !(c.is_control() || is_override(*c)))
        .collect();
    let lines = kept.split('\n').map(|line| {
        if balanced(line) {
            line.to_owned()
        } else {
            line.replace(is_isolate, "")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Gives every line the direction of the text: a mark goes before a line that would start the other way.
pub fn direct(text: &str, rtl: bool) -> String {
    let line = |line: &str| match first_strong_is_rtl(line) {
        Some(found) if found == rtl => line.to_owned(),
        None if !rtl || line.trim().is_empty() => line.to_owned(),
        _ => format!("{}{line}", if rtl { RLM } else { LRM }),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Cuts `text` into parts of at most `longest` UTF-16 units, at the end of a paragraph, a sentence or a word.
pub fn split(text: &str, longest: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while units(rest) > longest {
        let limit = byte_of_unit(rest, longest);
        let head = &rest[..limit];
        let floor = limit / 4;
        let cut = last_end(head, &["\n"])
            .filter(|at| *at > floor)
            .or_else(|| {
                last_end(head, &[". ", "! ", "? ", "؟ ", "۔ ", "… "]).filter(|at| *at > floor)
            })
            .or_else(|| {
                head.rfind(char::is_whitespace)
                    .map(|at| at + 1)
                    .filter(|at| *at > floor)
            })
            .unwrap_or(limit);
        let (part, after) = rest.split_at(cut.max(1));
        parts.push(part.trim_end().to_owned());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}

/// The first `longest` characters of one line, with an ellipsis when something was left out.
pub fn shorten(text: &str, longest: usize) -> String {
    let line = clean(text).replace('\n', " ");
    match line.char_indices().nth(longest) {
        None => line.trim().to_owned(),
        Some(_) => {
            let kept: String = line.chars().take(longest.saturating_sub(1)).collect();
            format!("{}…", clean(kept.trim_end()))
        }
    }
}

/// Length as Telegram counts it.
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn last_end(head: &str, ends: &[&str]) -> Option<usize> {
    ends.iter()
        .filter_map(|end| head.rfind(end).map(|at| at + end.len()))
        .max()
}

fn byte_of_unit(text: &str, unit: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        seen += c.len_utf16();
        if seen > unit {
            return at;
        }
    }
    text.len()
}

fn first_strong_is_rtl(line: &str) -> Option<bool> {
    let mut depth = 0usize;
    for c in line.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            PDI => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            RLM
            | '\u{61c}'
            | '\u{590}'..='\u{65f}'
            | '\u{66e}'..='\u{6ef}'
            | '\u{6fa}'..='\u{8ff}' => return Some(true),
            '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => return Some(true),
            LRM => return Some(false),
            c if c.is_alphabetic() => return Some(false),
            _ => {}
        }
    }
    None
}

fn balanced(line: &str) -> bool {
    let mut depth = 0i32;
    for c in line.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            PDI => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}')
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

fn is_bidi_control(c: char) -> bool {
    is_override(c) || is_isolate(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_end_where_a_sentence_ends() {
        let text = "Une phrase assez longue. ".repeat(400);
        let parts = split(&text, 1000);
        assert!(parts.len() > 9);
        assert!(
            parts
                .iter()
                .all(|part| units(part) <= 1000 && part.ends_with('.'))
        );
        assert_eq!(parts.join(" "), text.trim());
    }

    #[test]
    fn one_long_word_is_cut_between_characters() {
        let parts = split(&"😀".repeat(5000), 1001);
        assert!(
            parts
                .iter()
                .all(|part| units(part) <= 1001 && part.chars().all(|c| c == '😀'))
        );
        assert_eq!(
            parts.iter().map(|part| part.chars().count()).sum::<usize>(),
            5000
        );
    }

    #[test]
    fn lines_take_the_direction_of_the_text() {
        assert_eq!(direct("CGI في فاس", true), "\u{200f}CGI في فاس");
        assert_eq!(direct("في فاس 36", true), "في فاس 36");
        assert_eq!(direct("36 (2019)", true), "\u{200f}36 (2019)");
        assert_eq!(direct("فاس : 36", false), "\u{200e}فاس : 36");
        assert_eq!(
            direct("\u{2068}فاس\u{2069} has 36", false),
            "\u{2068}فاس\u{2069} has 36"
        );
    }

    #[test]
    fn overrides_and_open_isolates_do_not_pass() {
        assert_eq!(
            clean("a\u{202e}b\u{0}c\u{2067}d\ne\u{2068}f\u{2069}"),
            "abcd\ne\u{2068}f\u{2069}"
        );
        assert_eq!(isolate("x\u{2069}y"), "\u{2068}xy\u{2069}");
    }

    #[test]
    fn shortening_counts_characters() {
        assert_eq!(shorten("مراكز الاتصال", 6), "مراكز…");
        assert_eq!(shorten("abc", 3), "abc");
    }
}
