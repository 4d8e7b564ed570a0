//! Search keys: the one folding used for names in the database, the lexicon and the words of a question.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Search key of a text: compatibility-decomposed, lower case, without accents, tashkeel, tatweel, bidi and zero-width
/// marks; Arabic letter variants unified; digits in ASCII; everything that is neither letter nor digit is one space.
///
/// Folding a key again gives the same key.
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    if text.is_ascii() {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                push(&mut key, &mut gap, char::from(byte.to_ascii_lowercase()));
            } else {
                gap = true;
            }
        }
        return key;
    }
    if text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || is_plain(c))
    {
        // Nothing to decompose: most words of Arabic script.
        for c in text.chars() {
            push(&mut key, &mut gap, unify(c.to_ascii_lowercase()));
        }
        return key;
    }
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_ignored(c) {
            continue;
        }
        match expansion(c) {
            Some(letters) => letters.chars().for_each(|l| push(&mut key, &mut gap, l)),
            None => {
                let letter = unify(c);
                if letter.is_alphanumeric() {
                    push(&mut key, &mut gap, letter)
                } else {
                    gap = true
                }
            }
        }
    }
    key
}

/// Key of a Latin-script Darija word in which usual spellings meet: `7→H 3→E 9→q 5→x 8→h 2→'`, `kh→x gh→G ch/sh→$`,
/// `ou/oo/o/u/w→u`, `ee/ii/y→i`, doubled letters once. A word without a letter (a number) and a word of another script
/// keep their folded spelling.
pub fn darija_key(token: &str) -> String {
    let folded = fold(token);
    if !folded.bytes().any(|b| b.is_ascii_lowercase()) || !folded.is_ascii() {
        return folded;
    }
    let bytes = folded.as_bytes();
    let mut key = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = (bytes[at], bytes.get(at + 1).copied());
        let (letter, width) = match pair {
            (b'k', Some(b'h')) => ('x', 2),
            (b'g', Some(b'h')) => ('G', 2),
            (b'c' | b's', Some(b'h')) => ('$', 2),
            (b'o', Some(b'u' | b'o')) => ('u', 2),
            (b'e', Some(b'e')) => ('i', 2),
            (b'7', _) => ('H', 1),
            (b'3', _) => ('E', 1),
            (b'9', _) => ('q', 1),
            (b'5', _) => ('x', 1),
            (b'8', _) => ('h', 1),
            (b'2', _) => ('\'', 1),
            (b'o' | b'w', _) => ('u', 1),
            (b'y', _) => ('i', 1),
            (byte, _) => (char::from(byte), 1),
        };
        if !key.ends_with(letter) {
            key.push(letter);
        }
        at += width;
    }
    key
}

/// [`darija_key`] without the vowels that are short in speech (`e`, `o`, `u`), the two h one: a key between the two, for words that
/// keep at least four letters, five when no vowel is left. `None` below that, and for words of another script.
pub fn darija_worn(token: &str) -> Option<String> {
    let key = darija_key(token);
    if !key.is_ascii() || !key.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let mut worn = String::with_capacity(key.len());
    for letter in key.chars() {
        let letter = if letter == 'H' { 'h' } else { letter };
        if !matches!(letter, 'e' | 'u' | ' ') && !worn.ends_with(letter) {
            worn.push(letter);
        }
    }
    // Four bare consonants are those of too many words.
    let least = if worn.contains(['a', 'i']) { 4 } else { 5 };
    (worn.len() >= least).then_some(worn)
}

/// The consonants of [`darija_key`]: a weaker key, for words with at least four of them. `None` below that, and for
/// words of another script.
pub fn darija_skeleton(token: &str) -> Option<String> {
    let key = darija_key(token);
    if !key.is_ascii() || !key.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let skeleton: String = key
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | '\'' | ' '))
        .collect();
    (skeleton.len() >= 4).then_some(skeleton)
}

/// Marks that belong to a word but not to its key: combining marks, tatweel, bidi, zero-width and other format marks.
pub(crate) fn is_ignored(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{600}'..='\u{605}'
            | '\u{61C}'
            | '\u{640}'
            | '\u{6DD}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    ) || is_combining_mark(c)
}

/// A basic Arabic letter that decomposes into nothing: all of the block but the carriers of hamza and madda.
pub(crate) fn is_plain(c: char) -> bool {
    matches!(c, '\u{621}' | '\u{627}'..='\u{63A}' | '\u{641}'..='\u{64A}')
}

fn push(key: &mut String, gap: &mut bool, letter: char) {
    if *gap && !key.is_empty() {
        key.push(' ');
    }
    *gap = false;
    key.push(letter);
}

fn expansion(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

fn unify(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ى' | 'ی' | 'ې' => 'ي',
        'ة' | 'ہ' | 'ھ' | 'ە' => 'ه',
        'ک' | 'گ' | 'ڭ' | 'ݣ' | 'ڪ' => 'ك',
        'ڤ' | 'ڥ' | 'ڢ' => 'ف',
        'ڧ' | 'ڨ' => 'ق',
        'پ' => 'ب',
        'چ' => 'ج',
        'ژ' => 'ز',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6F0}'..='\u{6F9}' => digit(c, 0x6F0),
        _ => c,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}
