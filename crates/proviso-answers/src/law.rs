//! Which law governs a contract.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Place,
    pattern::pattern,
    place::{PlaceFound, places},
    words::{after, before},
};

/// What stands between "laws" and the place that has them.
static LAW_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:laws?|statutes|legislation|provisions|rules|code)\b(?:\s+(?:and\s+(?:court\s+)?decisions|and\s+regulations|in\s+(?:force|effect)|then\s+in\s+effect|applicable|prevailing))*[^.;]{0,60}?$",
    )
});
/// What stands between a place and its "law": English law, New York state law.
static OF_LAW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:'s|’s)?\s+(?:(?:state|substantive|contract|federal|internal|common)\s+)?laws?\b")
});
/// What may stand between two places of one choice: "of California and the laws of Hong Kong".
static AND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\s,/&()]|\b(?:and|or|the|laws?|of|in|to|as|well|both|states?|province|commonwealth|federal|republic|country|kingdom|internal|substantive|applied|applicable|therein|thereto|force)\b)*$",
    )
});

/// The places whose law a clause chooses, in their order, none twice. A province is named without its country, whose law
/// only applies in it. Where no law is named but a court is, the court's place.
pub(crate) fn governing_law(clause: &str) -> Vec<Place> {
    let found = places(clause);
    let chosen = found.iter().position(|place| is_chosen(clause, place));
    let Some(first) = chosen else { return own_law(&found) };
    let mut last = first;
    while let Some(next) = found.get(last + 1)
        && AND.is_match(&clause[found[last].end..next.start])
    {
        last += 1;
    }
    let law = own_law(&found[first..=last]);
    // A state whose law is chosen behind that of its country is meant more closely.
    let closer = found[last + 1..].iter().find(|place| place.place.is_part() && is_chosen(clause, place));
    if let ([country], Some(part)) = (&law[..], closer)
        && country.code == part.place.country()
    {
        return vec![part.place];
    }
    law
}

fn is_chosen(clause: &str, place: &PlaceFound) -> bool {
    LAW_OF.is_match(before(clause, place.start, 160)) || OF_LAW.is_match(after(clause, place.end, 40))
}

/// Without the countries of which a part is named too.
fn own_law(found: &[PlaceFound]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for PlaceFound { place, .. } in found {
        let has_part = !place.is_part()
            && found.iter().any(|other| other.place.is_part() && other.place.country() == place.code);
        if !has_part && !places.contains(place) {
            places.push(*place);
        }
    }
    places
}

/// The places that an answer names, as CUAD writes them.
pub(crate) fn law_of_answer(answer: &str) -> Vec<Place> {
    own_law(&places(answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(clause: &str) -> Vec<String> {
        governing_law(clause).iter().map(Place::to_string).collect()
    }

    #[test]
    fn the_law_that_is_chosen_is_told() {
        let cases: &[(&str, &[&str])] = &[
            (
                "governed by the laws of the State of New York, without regard to its conflict of laws",
                &["New York"],
            ),
            ("This Agreement is governed by English law.", &["England and Wales"]),
            ("construed under California law and the courts of Nevada shall decide", &["California"]),
            (
                "the laws of the Province of Ontario and the federal laws of Canada applicable therein",
                &["Ontario, Canada"],
            ),
            ("the laws of the State of Washington, U.S.A.", &["Washington"]),
            ("the laws of the United States of America", &["United States"]),
            ("the laws of the State of California and the laws of Hong Kong", &["California", "Hong Kong"]),
            ("shall be governed by PRC Laws", &["People's Republic of China"]),
            ("the laws in force in the Province of British Columbia", &["British Columbia, Canada"]),
            (
                "Acme, a Delaware corporation, agrees that the internal laws of the State of Texas govern",
                &["Texas"],
            ),
            (
                "by the law of Delaware, excluding the laws of any other state and the courts of Ohio",
                &["Delaware"],
            ),
            (
                "Any suit shall be brought in Massachusetts or the Netherlands",
                &["Massachusetts", "Netherlands"],
            ),
            ("the laws of the state in which the restaurant stands", &[]),
            ("", &[]),
        ];
        for (clause, expected) in cases {
            assert_eq!(told(clause), *expected, "{clause}");
        }
    }
}
