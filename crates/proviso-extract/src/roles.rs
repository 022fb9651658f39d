//! A name that a model was not sure of, before a role that it was sure of: `Ada Lovelace ("Licensor")`.

use proviso_answers::is_company_form;
use proviso_core::TextRange;

use crate::names::QUOTES;

/// Most bytes between a name and its role.
const REACH: usize = 400;
/// Scores of roles below this, and of names, say too little. Chosen on dev, as is the next.
const ROLE_FLOOR: f32 = 0.05;
const NAME_FLOOR: f32 = 0.015;
/// A name before a role is about as surely a party as the role is one's: its score is at least this part of the role's.
const SHARE: f32 = 0.8;

/// Raises the score of the likeliest name before each role, for a role without a party is no role. `passages` are those
/// of Parties with their scores, at any place, none over another.
pub(crate) fn lift_names(text: &str, passages: &mut [(TextRange, f32)]) {
    let is_role: Vec<bool> =
        passages.iter().map(|(range, _)| is_role(&text[range.start..range.end])).collect();
    let roles = (0..passages.len()).filter(|&at| is_role[at] && passages[at].1 >= ROLE_FLOOR);
    let lifted: Vec<(usize, f32)> = roles
        .filter_map(|role| {
            let (place, score) = passages[role];
            let names = (0..passages.len()).filter(|&at| {
                let (name, own) = passages[at];
                !is_role[at] && own >= NAME_FLOOR && is_name_of(text, name, place)
            });
            let surest = names.max_by(|&a, &b| passages[a].1.total_cmp(&passages[b].1))?;
            Some((surest, SHARE * score))
        })
        .collect();
    for (name, score) in lifted {
        passages[name].1 = passages[name].1.max(score);
    }
}

/// Whether a passage is a role in quotation marks, but not what the parties are called together, or the contract or a day.
fn is_role(passage: &str) -> bool {
    const OF_OTHERS: [&str; 8] =
        ["party", "parties", "agreement", "contract", "date", "collectively", "together", "each"];
    let folded = passage.to_lowercase();
    let bare = folded.trim_start_matches(['(', ' ']);
    bare.strip_prefix("the ").unwrap_or(bare).starts_with(QUOTES)
        && passage.len() < 60
        && !folded.split(|c: char| !c.is_alphanumeric()).any(|word| OF_OTHERS.contains(&word))
}

/// Whether a role stands behind a name, before another role or another party begins.
fn is_name_of(text: &str, name: TextRange, role: TextRange) -> bool {
    if name.end > role.start
        || role.start - name.end > REACH
        || !text[name.start..].starts_with(char::is_uppercase)
    {
        return false;
    }
    // What opens the role itself is left out.
    let opens = |c| QUOTES.contains(&c) || c == ' ';
    let between = text[name.end..role.start].trim_end_matches(opens);
    let between = between.strip_suffix("the").unwrap_or(between).trim_end_matches(opens);
    let begins_another = between.match_indices(" and ").any(|(at, _)| {
        let before = text[name.start..name.end + at].trim_end();
        let is_its = between[at..].starts_with(" and its ");
        before.ends_with([',', ')']) || (!is_its && before.rsplit(' ').next().is_some_and(is_company_form))
    });
    !between.contains(QUOTES) && !between.contains(';') && !begins_another
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "between ACME TOOLS, Inc., a Nevada corporation (the \"Company\"), and ADA ÜBERSEE, of Lakeside \
                        (\"Licensor\") (each a \"Party\"), dated";

    fn lifted(text: &str, passages: &[(&str, f32)]) -> Vec<f32> {
        let place = |(part, score): &(&str, f32)| {
            let start = text.find(part).unwrap();
            (TextRange::new(start, start + part.len()), *score)
        };
        let mut passages: Vec<(TextRange, f32)> = passages.iter().map(place).collect();
        lift_names(text, &mut passages);
        passages.into_iter().map(|(_, score)| score).collect()
    }

    #[test]
    fn the_surest_name_before_a_role_is_lifted() {
        let passages = [
            ("ACME TOOLS, Inc.", 0.7),
            ("the \"Company\"", 0.8),
            ("ADA ÜBERSEE", 0.1),
            ("Lakeside", 0.05),
            ("\"Licensor\"", 0.5),
        ];
        assert_eq!(lifted(TEXT, &passages), [0.7, 0.8, 0.4, 0.05, 0.5]);
    }

    #[test]
    fn another_party_and_what_all_are_called_lift_nobody() {
        let far = [("ACME TOOLS, Inc.", 0.1), ("\"Licensor\"", 0.9), ("\"Party\"", 0.9)];
        assert_eq!(lifted(TEXT, &far), [0.1, 0.9, 0.9]);
        assert_eq!(lifted(TEXT, &[("ADA ÜBERSEE", 0.1), ("\"Party\"", 0.9)]), [0.1, 0.9]);
        assert_eq!(lifted("Bolt LLC and Ada (\"A\")", &[("Bolt LLC", 0.1), ("\"A\"", 0.9)]), [0.1, 0.9]);
        let own = lifted("Bolt LLC and its affiliates (\"A\")", &[("Bolt LLC", 0.1), ("\"A\"", 0.5)]);
        assert_eq!(own, [0.4, 0.5]);
        assert_eq!(lifted(TEXT, &[("ADA ÜBERSEE", 0.01), ("\"Licensor\"", 0.9)]), [0.01, 0.9]);
    }
}
