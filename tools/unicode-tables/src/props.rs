//! The two-stage property table and the list of scripts.

use crate::flag::*;
use crate::names::Named;
use icu_properties::{
    CodePointMapData, CodePointSetData, PropertyNamesLong, PropertyNamesShort, props::*, script::ScriptWithExtensions,
};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

const BLOCK: usize = 64;

pub struct Tables {
    pub stage1: Vec<u8>,
    pub stage2: Vec<u8>,
    pub props: Vec<u8>,
    pub extensions: Vec<u8>,
    /// (long name, ISO 15924 code)
    scripts: Vec<(String, String)>,
    extension_sets: usize,
}

pub fn build(names: &BTreeMap<u32, Named>) -> Tables {
    let swe = ScriptWithExtensions::new();
    let long = PropertyNamesLong::<Script>::new();
    let short = PropertyNamesShort::<Script>::new();
    // Only scripts that some character has; Common, Inherited and Unknown first.
    let mut used: Vec<Script> = Vec::new();
    for cp in 0..0x110000u32 {
        let sc = swe.get_script_val32(cp);
        for s in std::iter::once(sc).chain(swe.get_script_extensions_val32(cp).iter()) {
            if !used.contains(&s) {
                used.push(s);
            }
        }
    }
    used.sort_by_key(|s| {
        let first = [Script::Common, Script::Inherited, Script::Unknown];
        (first.iter().position(|f| f == s).unwrap_or(9), long.get(*s).unwrap())
    });
    assert!(used.len() <= 192, "ScriptSet holds 192 scripts, not {}", used.len());
    let number: HashMap<Script, u64> = used.iter().zip(0..).map(|(s, n)| (*s, n)).collect();

    let value = flags(names);
    let mut sets: Vec<[u64; 3]> = vec![[0; 3]]; // 0: the script itself
    let mut combos: Vec<u64> = Vec::new();
    let mut combo_index: HashMap<u64, u16> = HashMap::new();
    let mut cells: Vec<u16> = Vec::with_capacity(0x110000);
    for cp in 0..0x110000u32 {
        let sc = swe.get_script_val32(cp);
        let ext: Vec<Script> = swe.get_script_extensions_val32(cp).iter().collect();
        let mut set = 0;
        if ext != [sc] {
            let mut bits = [0u64; 3];
            for s in &ext {
                let n = number[s] as usize;
                bits[n / 64] |= 1 << (n % 64);
            }
            set = sets.iter().position(|b| *b == bits).unwrap_or_else(|| {
                sets.push(bits);
                sets.len() - 1
            });
        }
        assert!(set < 256);
        let p = value(cp) | number[&sc] | (set as u64) << 13;
        let next = combos.len() as u16;
        cells.push(*combo_index.entry(p).or_insert_with(|| {
            combos.push(p);
            next
        }));
    }
    let (mut stage1, mut stage2) = (Vec::new(), Vec::<u16>::new());
    let mut seen: HashMap<&[u16], u16> = HashMap::new();
    for block in cells.chunks(BLOCK) {
        let next = (stage2.len() / BLOCK) as u16;
        let n = *seen.entry(block).or_insert_with(|| {
            stage2.extend_from_slice(block);
            next
        });
        stage1.extend(n.to_le_bytes());
    }
    Tables {
        stage1,
        stage2: stage2.iter().flat_map(|x| x.to_le_bytes()).collect(),
        props: combos.iter().flat_map(|x| x.to_le_bytes()).collect(),
        extensions: sets.iter().flatten().flat_map(|x| x.to_le_bytes()).collect(),
        scripts: used.iter().map(|s| (long.get(*s).unwrap().to_string(), short.get(*s).unwrap().to_string())).collect(),
        extension_sets: sets.len(),
    }
}

/// Everything of a code point but its scripts.
fn flags(names: &BTreeMap<u32, Named>) -> impl Fn(u32) -> u64 + '_ {
    let gcs = CodePointMapData::<GeneralCategory>::new();
    let bidi = CodePointMapData::<BidiClass>::new();
    let ccc = CodePointMapData::<CanonicalCombiningClass>::new();
    macro_rules! set {
        ($t:ty) => {{
            let s = CodePointSetData::new::<$t>();
            move |cp: u32| s.contains32(cp)
        }};
    }
    let upper = set!(Uppercase);
    let lower = set!(Lowercase);
    let ignorable = set!(DefaultIgnorableCodePoint);
    let prepended = set!(PrependedConcatenationMark);
    let bidi_control = set!(BidiControl);
    let nonchar = set!(NoncharacterCodePoint);
    let vs = set!(VariationSelector);
    let pict = set!(ExtendedPictographic);
    let emoji = set!(Emoji);
    let emoji_pres = set!(EmojiPresentation);
    let modifier = set!(EmojiModifier);
    let regional = set!(RegionalIndicator);
    let white = set!(WhiteSpace);
    let ideographic = set!(Ideographic);
    let quotation = set!(QuotationMark);
    let dash = set!(Dash);
    let extend = set!(GraphemeExtend);
    let deprecated = set!(Deprecated);
    move |cp| {
        use GeneralCategory as G;
        let gc = gcs.get32(cp);
        let named = names.get(&cp);
        let expected = named.map_or("Cn", |n| n.gc.as_str());
        assert_eq!(short_gc(gc), expected, "general category of U+{cp:04X}: two Unicode versions?");
        let name = named.map_or("", |n| n.name.as_str());
        let mut f = (gc as u64) << 8;
        let mut put = |yes: bool, bit: u64| {
            if yes {
                f |= bit;
            }
        };
        let letter = GeneralCategoryGroup::Letter.contains(gc);
        put(letter, LETTER);
        put(GeneralCategoryGroup::Mark.contains(gc), MARK);
        put(matches!(gc, G::NonspacingMark | G::EnclosingMark), NONSPACING);
        put(upper(cp), UPPER);
        put(lower(cp), LOWER);
        put(gc == G::DecimalNumber, DIGIT);
        put(GeneralCategoryGroup::Number.contains(gc), NUMBER);
        put((cp < 0x20 && !matches!(cp, 9 | 10 | 13)) || cp == 0x7F, CONTROL_C0);
        put((0x80..0xA0).contains(&cp), CONTROL_C1);
        // Blank by design though not default-ignorable.
        let blank = matches!(cp, 0x2800 | 0x1D159 | 0x13441 | 0x13442);
        put(ignorable(cp) || blank || (gc == G::Format && !prepended(cp)), FORMAT_INVISIBLE);
        put(ignorable(cp), DEFAULT_IGNORABLE);
        put(bidi_control(cp), BIDI_CONTROL);
        put(gc == G::PrivateUse, PRIVATE_USE);
        put(gc == G::Unassigned && !nonchar(cp), UNASSIGNED);
        put(nonchar(cp), NONCHARACTER);
        put(gc == G::SpaceSeparator && cp != 0x20, SPACE);
        put(matches!(cp, 0x2028 | 0x2029), LINE_SEPARATOR);
        put(vs(cp), VARIATION_SELECTOR);
        put(cp == 0xE0001 || (0xE0020..=0xE007F).contains(&cp), TAG);
        let block = |r: std::ops::RangeInclusive<u32>| named.is_some() && r.contains(&cp);
        let form = block(0xFB1D..=0xFDFF) || block(0xFE70..=0xFEFC);
        put(form && letter && (name.ends_with(" FORM") || cp < 0xFB50), PRESENTATION_FORM);
        put(block(0xFB00..=0xFB17), LIGATURE);
        put(block(0x2E80..=0x2FD5), CJK_RADICAL);
        put(name.starts_with("CJK COMPATIBILITY IDEOGRAPH-") && nfc_no(cp), CJK_COMPAT);
        put(name.starts_with("FULLWIDTH ") || name.starts_with("HALFWIDTH "), WIDTH_FORM);
        put(
            block(0x1D400..=0x1D7FF)
                || block(0x1EE00..=0x1EEF1)
                || (block(0x2100..=0x214F) && letter && compat_letter(cp))
                || name.starts_with("OUTLINED LATIN")
                || name.starts_with("OUTLINED DIGIT")
                || name.starts_with("SEGMENTED DIGIT"),
            MATH_ALNUM,
        );
        put(nfc_no(cp), NFC_NO);
        put(nfc(cp) == unicode_normalization::IsNormalized::Maybe, NFC_MAYBE);
        put(matches!(bidi.get32(cp), BidiClass::RightToLeft | BidiClass::ArabicLetter), RTL);
        // Reserved pictographs are unassigned: they are no emoji yet.
        let assigned = named.is_some();
        put(assigned && (pict(cp) || emoji_pres(cp) || modifier(cp) || regional(cp)), EMOJI);
        put(emoji_pres(cp), EMOJI_PRESENTATION);
        put(modifier(cp), EMOJI_MODIFIER);
        put(regional(cp), REGIONAL_INDICATOR);
        put(emoji(cp), EMOJI_BASE);
        put(GeneralCategoryGroup::Punctuation.contains(gc), PUNCT);
        put(GeneralCategoryGroup::Symbol.contains(gc), SYMBOL);
        put(white(cp), WHITE_SPACE);
        put(ccc.get32(cp) != CanonicalCombiningClass::NotReordered, REORDERS);
        put(ideographic(cp), IDEOGRAPHIC);
        put(quotation(cp), QUOTATION);
        put(dash(cp), DASH);
        put(extend(cp) || gc == G::SpacingMark, EXTENDS);
        put(deprecated(cp), DEPRECATED);
        f
    }
}

fn short_gc(gc: GeneralCategory) -> &'static str {
    PropertyNamesShort::<GeneralCategory>::new().get(gc).unwrap()
}

fn nfc(cp: u32) -> unicode_normalization::IsNormalized {
    match char::from_u32(cp) {
        Some(c) => unicode_normalization::is_nfc_quick(std::iter::once(c)),
        None => unicode_normalization::IsNormalized::Yes,
    }
}

fn nfc_no(cp: u32) -> bool {
    nfc(cp) == unicode_normalization::IsNormalized::No
}

/// Has a compatibility (not canonical) decomposition to one letter: ℬ, ℎ, ⅅ.
fn compat_letter(cp: u32) -> bool {
    use unicode_normalization::char::{decompose_canonical, decompose_compatible};
    let Some(c) = char::from_u32(cp) else {
        return false;
    };
    let (mut compat, mut canon) = (Vec::new(), Vec::new());
    decompose_compatible(c, |d| compat.push(d));
    decompose_canonical(c, |d| canon.push(d));
    canon == [c] && compat.len() == 1 && compat != canon
}

pub fn scripts_rs(t: &Tables, version: (u8, u8, u8)) -> String {
    let mut o = String::from("//! Generated by `tools/unicode-tables`: do not edit.\n\n");
    let (a, b, c) = version;
    let _ = writeln!(o, "/// The version of Unicode all tables here are of.");
    let _ = writeln!(o, "pub const UNICODE_VERSION: (u8, u8, u8) = ({a}, {b}, {c});\n");
    for (name, bytes, size) in
        [("STAGE1_LEN", t.stage1.len(), 2), ("STAGE2_LEN", t.stage2.len(), 2), ("PROPS_LEN", t.props.len(), 8)]
    {
        let _ = writeln!(o, "pub(super) const {name}: usize = {};", bytes / size);
    }
    let _ = writeln!(o, "pub(super) const EXTENSION_SETS: usize = {};", t.extension_sets);
    let _ = writeln!(
        o,
        "\n/// A script (the Unicode property `Script`).\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u8)]\npub enum Script {{"
    );
    for (long, code) in &t.scripts {
        let _ = writeln!(o, "    /// {} (`{code}`).\n    {},", human(long), long.replace('_', ""));
    }
    o.push_str("}\n\n/// Every script, in the order of the enum.\n");
    let _ = writeln!(o, "pub(super) const ALL: [Script; {}] = [", t.scripts.len());
    for (long, _) in &t.scripts {
        let _ = writeln!(o, "    Script::{},", long.replace('_', ""));
    }
    o.push_str("];\n\n/// Name and ISO 15924 code of every script.\n");
    let _ = writeln!(o, "pub(super) static NAMES: [(&str, &str); {}] = [", t.scripts.len());
    for (long, code) in &t.scripts {
        let _ = writeln!(o, "    (\"{}\", \"{code}\"),", human(long));
    }
    o.push_str("];\n");
    o
}

fn human(long: &str) -> String {
    match long {
        "Phags_Pa" => "Phags-pa".into(),
        "Nko" => "N’Ko".into(),
        "SignWriting" => "SignWriting".into(),
        _ => long.replace('_', " "),
    }
}
