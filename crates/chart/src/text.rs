//! Text that fits: its width in our font, lines of at most a width, directions kept apart.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU8, Ordering};

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};

/// The two faces of the one font. It holds Latin and Arabic letters: a line of both needs no other.
pub const REGULAR: &[u8] = include_bytes!("../fonts/Cairo-Regular.ttf");
pub const BOLD: &[u8] = include_bytes!("../fonts/Cairo-Bold.ttf");

const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Longest text that is looked at, in characters.
const LONGEST: usize = 600;

/// A weight of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

struct Face {
    font: FontRef<'static>,
    data: ShaperData,
    units: f64,
}

static FACES: LazyLock<[Face; 2]> = LazyLock::new(|| [face(REGULAR), face(BOLD)]);

fn face(bytes: &'static [u8]) -> Face {
    let font = FontRef::from_index(bytes, 0).expect("the bundled font is whole");
    let data = ShaperData::new(&font);
    let units = f64::from(data.shaper(&font).build().units_per_em().max(1));
    Face { font, data, units }
}

/// Width of a text at a size, shaped as it will be drawn.
pub fn width(text: &str, weight: Weight, size: f64) -> f64 {
    let face = &FACES[usize::from(weight == Weight::Bold)];
    let shaper = face.data.shaper(&face.font).build();
    let mut units = 0.0;
    for run in runs(text) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, ShapeOptions::default());
        units += shaped
            .glyph_positions()
            .iter()
            .map(|glyph| f64::from(glyph.x_advance))
            .sum::<f64>();
    }
    units / face.units * size
}

/// What is known of the basic plane: 0 not looked at yet, 1 in the font, 2 not.
static DRAWABLE: [AtomicU8; 0x1_0000] = [const { AtomicU8::new(0) }; 0x1_0000];

/// Whether the font has a sign for a character.
pub fn is_drawable(c: char) -> bool {
    let Some(known) = DRAWABLE.get(c as usize) else {
        return false;
    };
    match known.load(Ordering::Relaxed) {
        0 => {
            let drawable = is_isolate(c) || has_sign(c);
            known.store(if drawable { 1 } else { 2 }, Ordering::Relaxed);
            drawable
        }
        found => found == 1,
    }
}

fn has_sign(c: char) -> bool {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(c.encode_utf8(&mut [0; 4]));
    buffer.guess_segment_properties();
    let face = &FACES[0];
    let shaper = face.data.shaper(&face.font).build();
    let shaped = shaper.shape(buffer, ShapeOptions::default());
    shaped.glyph_infos().iter().all(|glyph| glyph.glyph_id != 0)
}

/// Pieces of one direction each.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let (mut start, mut arabic) = (0, None);
    for (at, c) in text.char_indices() {
        let now = match c {
            c if is_arabic(c) => Some(true),
            c if c.is_alphanumeric() => Some(false),
            _ => None,
        };
        if now.is_some() && arabic.is_some() && now != arabic {
            runs.push(&text[start..at]);
            start = at;
        }
        arabic = now.or(arabic);
    }
    runs.push(&text[start..]);
    runs
}

/// What may be drawn of a text: one line, no controls, no direction overrides, no isolate left open, and for what the font
/// lacks the nearest that it has.
pub fn clean(text: &str) -> String {
    let mut kept = String::new();
    let mut open = 0_usize;
    for c in text.chars().take(LONGEST) {
        match c {
            '\u{2066}'..='\u{2068}' => {
                open += 1;
                kept.push(c);
            }
            POP_ISOLATE if open > 0 => {
                open -= 1;
                kept.push(c);
            }
            POP_ISOLATE
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{206a}'..='\u{206f}'
            | '\u{feff}'
            | '\u{61c}' => {}
            '\u{202f}' | '\u{2009}' => kept.push('\u{a0}'),
            '\u{2011}' => kept.push('-'),
            // Morocco writes the one sound with both letters.
            'ڭ' => kept.push('گ'),
            c if c.is_whitespace() && c != '\u{a0}' => {
                if !kept.ends_with(' ') {
                    kept.push(' ');
                }
            }
            c if c.is_control() => {}
            c if c.is_ascii() || is_drawable(c) => kept.push(c),
            _ => kept.push('?'),
        }
    }
    kept.extend(std::iter::repeat_n(POP_ISOLATE, open));
    kept.trim().to_owned()
}

/// Lines of at most `most` width; what does not fit in `lines` of them is cut, and the last one says so.
pub fn wrap(text: &str, weight: Weight, size: f64, most: f64, lines: usize) -> Vec<String> {
    let text = clean(text);
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    let words = text.split(' ').filter(|word| !word.is_empty());
    for word in words {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&longer, weight, size) <= most {
            line = longer;
        } else if done.len() + 1 >= lines {
            let end = if line.is_empty() { word } else { &line };
            done.push(ended(end, weight, size, most));
            return isolated(done);
        } else if line.is_empty() {
            done.push(ended(word, weight, size, most));
        } else {
            done.push(std::mem::take(&mut line));
            line = if width(word, weight, size) <= most {
                word.to_owned()
            } else {
                ended(word, weight, size, most)
            };
        }
    }
    if !line.is_empty() {
        done.push(line);
    }
    isolated(done)
}

/// A line cut so that it and an ellipsis fit.
fn ended(line: &str, weight: Weight, size: f64, most: f64) -> String {
    let mut kept: Vec<char> = line.chars().collect();
    loop {
        let text: String = kept.iter().collect::<String>() + "…";
        if kept.is_empty() || width(&text, weight, size) <= most {
            return text;
        }
        let estimate = (kept.len() as f64 * most / width(&text, weight, size)) as usize;
        kept.truncate(estimate.min(kept.len() - 1));
    }
}

/// Closes on each line the isolates it opens, and opens them again on the next.
fn isolated(lines: Vec<String>) -> Vec<String> {
    let mut open: Vec<char> = Vec::new();
    lines
        .into_iter()
        .map(|line| {
            let mut whole: String = open.iter().collect();
            for c in line.chars() {
                match c {
                    POP_ISOLATE if open.pop().is_none() => continue,
                    c if is_isolate(c) && c != POP_ISOLATE => open.push(c),
                    _ => {}
                }
                whole.push(c);
            }
            whole.extend(open.iter().map(|_| POP_ISOLATE));
            whole
        })
        .collect()
}

/// The line as it goes into the drawing: in a page that runs from right to left its clauses run so too.
pub fn directed(line: &str, rtl: bool) -> String {
    let arabic = line.chars().any(is_arabic);
    match (rtl, arabic) {
        (true, true) => format!("{RIGHT_TO_LEFT_ISOLATE}{line}{POP_ISOLATE}"),
        (false, true) => format!("{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}"),
        _ => line.to_owned(),
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{65f}' | '\u{66e}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_that_answers_use_is_in_the_font() {
        let signs = "éèêëàâçîïôöùûüœŒ«»’“”–—…·•×≈≥≤±−%€²³/()[]:;,.?!*'\"&<>@#+=²؟،؛٪";
        let arabic = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپڤگچ\u{64b}\u{650}\u{651}\u{652}ـ";
        let missing: String = signs
            .chars()
            .chain(arabic.chars())
            .chain("0123456789٠١٢٣٤٥٦٧٨٩\u{a0}".chars())
            .filter(|c| !is_drawable(*c))
            .collect();
        assert_eq!(missing, "");
    }

    #[test]
    fn lines_fit_and_say_when_something_was_cut() {
        let text = "Emplois dans l'offshoring, valeurs connues les plus élevées ".repeat(9);
        let lines = wrap(&text, Weight::Bold, 30.0, 600.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(
            lines
                .iter()
                .all(|line| width(line, Weight::Bold, 30.0) <= 600.0)
        );
        assert!(lines[2].ends_with('…'), "{lines:?}");
        let word = "x".repeat(500);
        assert_eq!(wrap(&word, Weight::Regular, 20.0, 300.0, 2).len(), 1);
        assert!(wrap("", Weight::Regular, 20.0, 300.0, 2).is_empty());
    }

    #[test]
    fn joined_letters_are_narrower_than_their_sum() {
        let joined = width("مراكز الاتصال", Weight::Regular, 20.0);
        let apart: f64 = "مراكز الاتصال"
            .chars()
            .map(|c| width(&c.to_string(), Weight::Regular, 20.0))
            .sum();
        assert!(joined < apart, "{joined} {apart}");
    }

    #[test]
    fn overrides_go_and_isolates_are_closed() {
        assert_eq!(clean("a\u{202e}b\u{0}c\n\t d\u{2069}"), "abc d");
        assert_eq!(clean("\u{2068}فاس"), "\u{2068}فاس\u{2069}");
        assert_eq!(clean("36\u{202f}000 ⵜ"), "36\u{a0}000 ?");
        let lines = wrap(
            "\u{2068}aaaa bbbb\u{2069} cccc",
            Weight::Regular,
            20.0,
            60.0,
            9,
        );
        for line in &lines {
            let opened = line.chars().filter(|c| *c == '\u{2068}').count();
            let closed = line.chars().filter(|c| *c == '\u{2069}').count();
            assert_eq!(opened, closed, "{lines:?}");
        }
    }
}
