//! States, provinces and countries that have a law of their own, by name.
//!
//! Names and codes are ISO 3166's, from the crate `rust_iso3166`: all countries, and the states and provinces of the United
//! States, Canada and Australia. What contracts call them besides stands here.

use std::{collections::HashMap, fmt, sync::LazyLock};

use rust_iso3166::{CountryCode, iso3166_2::SUBDIVISION_COUNTRY_MAP};

use crate::words::{Word, words};

/// A state, province or country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// ISO 3166's code, such as `US-NY` or `CN`; `GB-EAW` for England and Wales, which have one law.
    pub code: &'static str,
    /// Its short English name, such as `New York`.
    pub name: &'static str,
}

impl Place {
    /// The country's code.
    pub fn country(&self) -> &'static str {
        self.code.split('-').next().unwrap_or(self.code)
    }

    /// Whether it is a part of a country.
    pub fn is_part(&self) -> bool {
        self.code.contains('-')
    }
}

/// As CUAD writes it: `New York`, `Ontario, Canada`, `People's Republic of China`.
impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let country = match self.code.split_once('-') {
            Some(("CA", _)) => ", Canada",
            Some(("AU", _)) => ", Australia",
            _ => "",
        };
        write!(formatter, "{}{country}", self.name)
    }
}

/// A place that is named in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlaceFound {
    pub start: usize,
    pub end: usize,
    pub place: Place,
}

/// Names beside ISO's, in small letters, and the code. Adjectives count: English law is the law of England.
const MORE: &[(&str, &str)] = &[
    ("united states", "US"),
    ("usa", "US"),
    ("u s a", "US"),
    ("american", "US"),
    ("england and wales", "GB-EAW"),
    ("england & wales", "GB-EAW"),
    ("england wales", "GB-EAW"),
    ("england", "GB-EAW"),
    ("wales", "GB-EAW"),
    ("english", "GB-EAW"),
    ("scotland", "GB-SCT"),
    ("scots", "GB-SCT"),
    ("scottish", "GB-SCT"),
    ("northern ireland", "GB-NIR"),
    ("united kingdom", "GB"),
    ("great britain", "GB"),
    ("uk", "GB"),
    ("u k", "GB"),
    ("british", "GB"),
    ("people's republic of china", "CN"),
    ("peoples republic of china", "CN"),
    ("mainland china", "CN"),
    ("chinese", "CN"),
    ("prc", "CN"),
    ("p r c", "CN"),
    ("beijing", "CN"),
    ("shanghai", "CN"),
    ("hongkong", "HK"),
    ("republic of china", "TW"),
    ("r o c", "TW"),
    ("taiwanese", "TW"),
    ("republic of korea", "KR"),
    ("south korea", "KR"),
    ("korea", "KR"),
    ("korean", "KR"),
    ("russia", "RU"),
    ("russian", "RU"),
    ("vietnam", "VN"),
    ("holland", "NL"),
    ("the netherlands", "NL"),
    ("dutch", "NL"),
    ("german", "DE"),
    ("french", "FR"),
    ("italian", "IT"),
    ("spanish", "ES"),
    ("portuguese", "PT"),
    ("swiss", "CH"),
    ("swedish", "SE"),
    ("norwegian", "NO"),
    ("danish", "DK"),
    ("finnish", "FI"),
    ("belgian", "BE"),
    ("austrian", "AT"),
    ("irish", "IE"),
    ("republic of ireland", "IE"),
    ("polish", "PL"),
    ("czech republic", "CZ"),
    ("czech", "CZ"),
    ("hungarian", "HU"),
    ("greek", "GR"),
    ("turkey", "TR"),
    ("turkish", "TR"),
    ("israeli", "IL"),
    ("state of israel", "IL"),
    ("indian", "IN"),
    ("japanese", "JP"),
    ("brazilian", "BR"),
    ("mexican", "MX"),
    ("canadian", "CA"),
    ("australian", "AU"),
    ("new zealand's", "NZ"),
    ("iran", "IR"),
    ("bolivia", "BO"),
    ("venezuela", "VE"),
    ("tanzania", "TZ"),
    ("moldova", "MD"),
    ("ivory coast", "CI"),
    ("cape verde", "CV"),
    ("british virgin islands", "VG"),
    ("us virgin islands", "VI"),
    ("quebec", "CA-QC"),
    ("newfoundland", "CA-NL"),
    ("washington d c", "US-DC"),
    ("washington dc", "US-DC"),
    ("alberta's", "CA-AB"),
];

/// Names where ISO's are longer than a person would say.
const SHORT: &[(&str, &str)] = &[
    ("US", "United States"),
    ("GB", "United Kingdom"),
    ("CN", "People's Republic of China"),
    ("TW", "Taiwan"),
    ("KR", "South Korea"),
    ("KP", "North Korea"),
    ("RU", "Russia"),
    ("VN", "Vietnam"),
    ("NL", "Netherlands"),
    ("IR", "Iran"),
    ("BO", "Bolivia"),
    ("VE", "Venezuela"),
    ("TZ", "Tanzania"),
    ("MD", "Moldova"),
    ("TR", "Turkey"),
    ("CZ", "Czech Republic"),
    ("VG", "British Virgin Islands"),
    ("GB-EAW", "England and Wales"),
    ("GB-SCT", "Scotland"),
    ("GB-NIR", "Northern Ireland"),
    ("CA-QC", "Quebec"),
];

/// What is named by some words in small letters.
type Names = HashMap<String, Place>;

static NAMES: LazyLock<Names> = LazyLock::new(names);
/// Words of the longest name.
const LONGEST: usize = 8;

fn names() -> Names {
    let mut places: HashMap<&'static str, Place> = HashMap::new();
    let mut names = Names::new();
    let short = |code: &str, name: &'static str| {
        SHORT.iter().find(|(of, _)| *of == code).map_or(name, |(_, name)| name)
    };
    let mut add = |code: &'static str, name: &'static str| {
        let place = Place { code, name: short(code, name) };
        places.entry(code).or_insert(place);
        names.entry(key(name)).or_insert(place);
    };
    // A state of the United States before the country of the same name: Georgia.
    for country in ["US", "CA", "AU"] {
        for part in SUBDIVISION_COUNTRY_MAP.get(country).into_iter().flat_map(|parts| parts.iter()) {
            add(part.code, part.name);
        }
    }
    for CountryCode { alpha2, name, .. } in rust_iso3166::ALL {
        add(alpha2, name.split(" (").next().unwrap_or(name));
    }
    for (code, name) in SHORT {
        add(code, name);
    }
    for (name, code) in MORE {
        if let Some(place) = places.get(code) {
            names.insert(key(name), *place);
        }
    }
    names
}

fn key(name: &str) -> String {
    words(name).iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// The places that are named in a text, the longest names first where several begin at the same word.
pub(crate) fn places(text: &str) -> Vec<PlaceFound> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match longest(&words[at..]) {
            Some((count, place)) => {
                found.push(PlaceFound { start: words[at].start, end: words[at + count - 1].end, place });
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

fn longest(words: &[Word]) -> Option<(usize, Place)> {
    (1..=LONGEST.min(words.len())).rev().find_map(|count| {
        let name = words[..count].iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
        // Small letters make "turkey" a bird and "us" a pronoun.
        let is_name = words[..count].iter().any(|word| word.is_capital);
        NAMES.get(&name).filter(|_| is_name).map(|place| (count, *place))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        places(text).iter().map(|found| found.place.to_string()).collect()
    }

    #[test]
    fn states_provinces_and_countries_are_known_by_their_names() {
        let cases: &[(&str, &[&str])] = &[
            ("the State of New York", &["New York"]),
            ("THE STATE OF WEST VIRGINIA", &["West Virginia"]),
            ("the Province of Ontario", &["Ontario, Canada"]),
            ("Victoria, Australia", &["Victoria, Australia", "Australia"]),
            ("the PRC", &["People's Republic of China"]),
            ("the People’s Republic of China", &["People's Republic of China"]),
            ("Taiwan, Republic of China", &["Taiwan", "Taiwan"]),
            ("England and Wales", &["England and Wales"]),
            ("English law", &["England and Wales"]),
            ("the Republic of Korea", &["South Korea"]),
            ("Hong Kong", &["Hong Kong"]),
            ("Québec", &["Quebec, Canada"]),
            ("the Federal Republic of Germany", &["Germany"]),
            ("New Mexico", &["New Mexico"]),
            ("give us turkey for dinner", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), *expected, "{text}");
        }
    }

    #[test]
    fn every_other_name_leads_to_a_place() {
        for (name, code) in MORE {
            assert_eq!(NAMES.get(&key(name)).map(|place| place.code), Some(*code), "{name}");
            assert!(key(name).split(' ').count() <= LONGEST);
        }
        let states = NAMES.values().filter(|place| place.code.starts_with("US-")).count();
        assert!(states >= 50, "{states}");
    }
}
