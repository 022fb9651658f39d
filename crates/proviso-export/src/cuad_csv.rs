//! CSV in the layout of CUAD's own `master_clauses.csv`: one row a contract, two columns a category.

use std::path::Path;

use proviso_core::{AnswerFormat, Category};

use crate::{ContractRecord, FindingRecord, cell::safe_cell, write::csv_bytes};

/// CUAD's order of the columns, which is not that of its questions.
const ORDER: [Category; 41] = {
    use Category as C;
    [
        C::DocumentName,
        C::Parties,
        C::AgreementDate,
        C::EffectiveDate,
        C::ExpirationDate,
        C::RenewalTerm,
        C::NoticePeriodToTerminateRenewal,
        C::GoverningLaw,
        C::MostFavoredNation,
        C::CompetitiveRestrictionException,
        C::NonCompete,
        C::Exclusivity,
        C::NoSolicitOfCustomers,
        C::NoSolicitOfEmployees,
        C::NonDisparagement,
        C::TerminationForConvenience,
        C::RofrRofoRofn,
        C::ChangeOfControl,
        C::AntiAssignment,
        C::RevenueProfitSharing,
        C::PriceRestrictions,
        C::MinimumCommitment,
        C::VolumeRestriction,
        C::IpOwnershipAssignment,
        C::JointIpOwnership,
        C::LicenseGrant,
        C::NonTransferableLicense,
        C::AffiliateLicenseLicensor,
        C::AffiliateLicenseLicensee,
        C::UnlimitedAllYouCanEatLicense,
        C::IrrevocableOrPerpetualLicense,
        C::SourceCodeEscrow,
        C::PostTerminationServices,
        C::AuditRights,
        C::UncappedLiability,
        C::CapOnLiability,
        C::LiquidatedDamages,
        C::WarrantyDuration,
        C::Insurance,
        C::CovenantNotToSue,
        C::ThirdPartyBeneficiary,
    ]
};

/// CSV with CUAD's 83 columns, one row a contract. A cell of clauses is a list as Python writes it, as in CUAD's
/// file; a contract that could not be read has an empty row. A person's own
/// categories have no column there and are left out, and so are rejected findings.
pub fn cuad_csv(contracts: &[ContractRecord]) -> Vec<u8> {
    let header = std::iter::once("Filename".to_owned()).chain(ORDER.into_iter().flat_map(|category| {
        let column = category.csv_column();
        // CUAD's own file has one heading with a space too many.
        let space = if category == Category::NoticePeriodToTerminateRenewal { " " } else { "" };
        [column.to_owned(), format!("{column}-{space}Answer")]
    }));
    csv_bytes(header.collect(), contracts.iter().map(row))
}

fn row(contract: &ContractRecord) -> Vec<String> {
    let name = Path::new(&contract.path).file_name().unwrap_or_default().to_string_lossy();
    let mut cells = vec![safe_cell(&name)];
    for category in ORDER {
        let kept = contract.findings.iter().filter(|finding| !finding.is_rejected());
        let found: Vec<_> = kept.filter(|finding| finding.category == category.name()).collect();
        if contract.error.is_some() {
            cells.extend([String::new(), String::new()]);
        } else {
            cells.push(python_list(found.iter().map(|finding| finding.text.as_str())));
            cells.push(safe_cell(&answer(contract, category, &found)));
        }
    }
    cells
}

/// That of the contract; where nobody worked it out, that of the surest finding.
fn answer(contract: &ContractRecord, category: Category, found: &[&FindingRecord]) -> String {
    if let Some(answer) = contract.answers.get(&category).filter(|_| !found.is_empty()) {
        return answer.clone();
    }
    if category.answer_format() == AnswerFormat::YesNo {
        return if found.is_empty() { "No" } else { "Yes" }.to_owned();
    }
    let best = found.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence));
    best.and_then(|finding| finding.answer.clone()).unwrap_or_default()
}

/// `['one', "another's"]`: a list of strings as Python's `repr` writes it, in one line.
fn python_list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts
        .map(|text| {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "\\\\");
            match (line.contains('\''), line.contains('"')) {
                (true, false) => format!("\"{line}\""),
                _ => format!("'{}'", line.replace('\'', "\\'")),
            }
        })
        .collect();
    format!("[{}]", quoted.join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proviso_core::{Decision, Origin};

    use super::*;
    use crate::samples;

    #[test]
    fn every_category_has_its_two_columns_once() {
        assert_eq!(ORDER.into_iter().collect::<BTreeSet<_>>().len(), 41);
        let bytes = cuad_csv(&[]);
        let header = String::from_utf8(bytes).unwrap();
        assert_eq!(header.trim_end().split(',').count(), 83);
        assert!(
            header.contains("Notice Period To Terminate Renewal- Answer,Governing Law,Governing Law-Answer")
        );
    }

    #[test]
    fn a_contract_that_was_read_says_no_and_one_that_was_not_says_nothing() {
        let failed = ContractRecord::failed("/deals/x.pdf".into(), None, "damaged".into());
        let read = ContractRecord { error: None, ..failed.clone() };
        let cells = row(&read);
        assert_eq!(cells.len(), 83);
        assert_eq!(cells[0], "x.pdf");
        assert_eq!(cells.iter().filter(|cell| *cell == "[]").count(), 41);
        assert!(cells.contains(&"No".to_owned()));
        assert!(row(&failed)[1..].iter().all(String::is_empty));
    }

    #[test]
    fn categories_of_ones_own_and_rejected_findings_are_left_out() {
        let without = row(&samples::contract("x.pdf", vec![]));
        let own = samples::finding("Data Protection");
        assert_eq!(row(&samples::contract("x.pdf", vec![own])), without);
        let found = samples::finding("Insurance");
        assert_ne!(row(&samples::contract("x.pdf", vec![found.clone()])), without);
        let rejected = found.reviewed(Decision::Rejected, Origin::Model, None);
        assert_eq!(row(&samples::contract("x.pdf", vec![rejected])), without);
    }

    #[test]
    fn the_contracts_own_answer_stands_before_that_of_a_finding() {
        let law =
            |answer: &str| FindingRecord { answer: Some(answer.into()), ..samples::finding("Governing Law") };
        let contract = samples::contract("x.pdf", vec![law("Ohio")]);
        assert!(row(&contract).contains(&"Ohio".to_owned()));
        let answers = [(Category::GoverningLaw, "Ohio; Texas".to_owned())].into();
        assert!(row(&contract.answered(answers)).contains(&"Ohio; Texas".to_owned()));
    }

    #[test]
    fn lists_are_written_as_python_writes_them() {
        assert_eq!(
            python_list(["a", "b's", "c\"d'e", "f\\g\nh"].into_iter()),
            r#"['a', "b's", 'c"d\'e', 'f\\g h']"#
        );
    }
}
