//! Key dates as a calendar file (RFC 5545).
//!
//! Written here and not with the crate `icalendar`: what is needed are six properties and two rules of text, and that
//! crate brings the system's clock and a parser generator, stamps events with the present unless kept from it, and
//! takes time quadratic in a clause's length to fold it.

use std::{collections::HashSet, path::Path, time::SystemTime};

use crate::{
    ContractRecord, FindingRecord,
    date::{Day, moment},
};

/// Most octets of a line; longer ones go on in the next, after a blank.
const LONGEST_LINE: usize = 75;

/// A calendar with an all-day event for each finding whose answer is a day (`2026-11-30`), of whichever category;
/// rejected findings have none. `made` is when the calendar is made. The same date of the same contract is the same
/// event in every calendar, so that importing one again changes it rather than adding it.
pub fn calendar(contracts: &[ContractRecord], made: SystemTime) -> Vec<u8> {
    let stamp = moment(made);
    let mut text = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Proviso//Key dates//EN", "CALSCALE:GREGORIAN"] {
        push_line(&mut text, line);
    }
    let mut known = HashSet::new();
    for contract in contracts {
        for finding in contract.findings.iter().filter(|finding| !finding.is_rejected()) {
            let day = finding.answer.as_deref().and_then(Day::of_answer);
            // Two clauses may say the same date; a calendar holds an event once.
            if let Some(day) = day.filter(|&day| known.insert(identity(contract, finding, day))) {
                push_event(&mut text, contract, finding, day, &stamp);
            }
        }
    }
    push_line(&mut text, "END:VCALENDAR");
    text.into_bytes()
}

fn push_event(text: &mut String, contract: &ContractRecord, finding: &FindingRecord, day: Day, stamp: &str) {
    let name = file_name(contract);
    let note = finding.note.iter().filter(|note| !note.is_empty()).map(|note| format!("\nNote: {note}"));
    let clause = finding.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let basis = finding.answer_basis.iter().map(|basis| format!("\n{basis}"));
    let more: String = basis.chain(note).collect();
    let description = format!("\u{201c}{clause}\u{201d}\n{name}, page {}{more}", finding.page);
    let lines = [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", identity(contract, finding, day)),
        format!("DTSTAMP:{stamp}"),
        format!("DTSTART;VALUE=DATE:{}", day.basic()),
        format!("DTEND;VALUE=DATE:{}", day.next().basic()),
        format!("SUMMARY:{}", escaped(&format!("{}: {name}", finding.category))),
        format!("DESCRIPTION:{}", escaped(&description)),
        // A deadline takes no time of the day.
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ];
    lines.iter().for_each(|line| push_line(text, line));
}

/// What an event is known by: the file's hash, the category and the day.
fn identity(contract: &ContractRecord, finding: &FindingRecord, day: Day) -> String {
    let hash = contract.sha256.as_ref().map_or("unread", |hash| hash.as_str());
    let category = finding.category.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
        b'A'..=b'Z' => char::from(byte.to_ascii_lowercase()).to_string(),
        b' ' => "-".to_owned(),
        other => format!("={other:02X}"),
    });
    format!("{hash}-{}-{}@proviso", category.collect::<String>(), day.basic())
}

fn file_name(contract: &ContractRecord) -> String {
    let path = Path::new(&contract.path);
    path.file_name().map_or_else(|| contract.path.clone(), |name| name.to_string_lossy().into_owned())
}

/// A text with the characters escaped that mean something in a calendar; other control characters are not allowed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Adds a line, folded and ended by CR LF.
fn push_line(text: &mut String, line: &str) {
    let mut length = 0;
    for character in line.chars() {
        if length + character.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(character);
        length += character.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use proviso_core::{Decision, Origin};

    use super::*;
    use crate::samples;

    fn dated(category: &str, answer: &str) -> FindingRecord {
        FindingRecord { answer: Some(answer.into()), ..samples::finding(category) }
    }

    fn written(findings: Vec<FindingRecord>) -> String {
        let contract = samples::contract("/deals/Lease, new.pdf", findings);
        let bytes = calendar(&[contract], UNIX_EPOCH + Duration::from_secs(951_782_400));
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_date_is_an_event_of_the_whole_day() {
        let text = written(vec![dated("Expiration Date", "2026-12-31")]);
        let unfolded = text.replace("\r\n ", "");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"), "{text}");
        for line in [
            format!("UID:{}-expiration-date-20261231@proviso", "ab".repeat(32)),
            "DTSTAMP:20000229T000000Z".into(),
            "DTSTART;VALUE=DATE:20261231".into(),
            "DTEND;VALUE=DATE:20270101".into(),
            "SUMMARY:Expiration Date: Lease\\, new.pdf".into(),
            "DESCRIPTION:\u{201c}The Supplier keeps insurance.\u{201d}\\nLease\\, new.pdf\\, page 2".into(),
        ] {
            assert!(unfolded.contains(&format!("\r\n{line}\r\n")), "{line} is not in {unfolded}");
        }
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn only_dates_that_are_not_rejected_are_events() {
        let count = |findings| written(findings).matches("BEGIN:VEVENT").count();
        assert_eq!(count(vec![dated("Expiration Date", "perpetual"), samples::finding("Insurance")]), 0);
        let rejected =
            dated("Agreement Date", "2026-01-01").reviewed(Decision::Rejected, Origin::Model, None);
        assert_eq!(count(vec![rejected]), 0);
        let own = dated("Closing", "2026-01-01");
        assert_eq!(count(vec![own.clone(), dated("Effective Date", "2026-01-01"), own]), 2, "and each once");
    }

    #[test]
    fn no_line_is_longer_than_allowed_and_none_is_broken_in_a_letter() {
        let long = FindingRecord { text: "§ 7 läuft; ".repeat(200), ..dated("Renewal Term", "2027-06-30") };
        let text = written(vec![long.reviewed(Decision::Accepted, Origin::Model, Some("a\\b\r\nc".into()))]);
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE && !line.contains('\n')));
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&"§ 7 läuft\\; ".repeat(199)));
        assert!(unfolded.contains("\\nNote: a\\\\b\\nc\r\n"), "{unfolded}");
    }
}
