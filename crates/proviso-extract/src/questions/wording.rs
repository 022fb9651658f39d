//! Questions in the words in which CUAD asks them.

use proviso_core::Category;

/// The frame of every one of CUAD's questions. Models have learnt it by heart.
pub(super) fn framed(name: &str, details: &str) -> String {
    format!(
        "Highlight the parts (if any) of this contract related to \"{name}\" that should be reviewed by a lawyer. \
         Details: {details}"
    )
}

/// CUAD's question about a category, letter by letter. The name in it is that of CUAD's table.
pub(super) fn cuad_question(category: Category) -> String {
    framed(category.csv_column(), details(category))
}

/// CUAD's own details: where they are not as a person is shown them, they differ in spaces, marks and a word. Tokenizers see that.
fn details(category: Category) -> &'static str {
    match category {
        Category::EffectiveDate => "The date when the contract is effective\u{a0}",
        Category::NonCompete => {
            "Is there a restriction on the ability of a party to compete with the counterparty or operate in a certain geography or business or technology sector?\u{a0}"
        }
        Category::Exclusivity => {
            "Is there an exclusive dealing\u{a0} commitment with the counterparty? This includes a commitment to procure all “requirements” from one party of certain technology, goods, or services or a prohibition on licensing or selling technology, goods or services to third parties, or a prohibition on\u{a0} collaborating or working with other parties), whether during the contract or\u{a0} after the contract ends (or both)."
        }
        Category::NoSolicitOfEmployees => {
            "Is there a restriction on a party’s soliciting or hiring employees and/or contractors from the\u{a0} counterparty, whether during the contract or after the contract ends (or both)?"
        }
        Category::TerminationForConvenience => {
            "Can a party terminate this\u{a0} contract without cause (solely by giving a notice and allowing a waiting\u{a0} period to expire)?"
        }
        Category::RevenueProfitSharing => {
            "Is one party required to share revenue or profit with the counterparty for any technology, goods, or\u{a0}services?"
        }
        Category::PriceRestrictions => {
            "Is there a restriction on the\u{a0} ability of a party to raise or reduce prices of technology, goods, or\u{a0} services provided?"
        }
        Category::VolumeRestriction => {
            "Is there a fee increase or consent requirement, etc. if one party’s use of the product/services exceeds certain threshold?"
        }
        Category::IpOwnershipAssignment => {
            "Does intellectual property created\u{a0} by one party become the property of the counterparty, either per the terms of the contract or upon the occurrence of certain events?"
        }
        Category::AffiliateLicenseLicensor => {
            "Does the contract contain a license grant by affiliates of the licensor or that includes intellectual property of affiliates of the licensor?\u{a0}"
        }
        Category::UnlimitedAllYouCanEatLicense => {
            "Is there a clause granting one party an “enterprise,” “all you can eat” or unlimited usage license?"
        }
        Category::IrrevocableOrPerpetualLicense => {
            "Does the contract contain a\u{a0} license grant that is irrevocable or perpetual?"
        }
        Category::SourceCodeEscrow => {
            "Is one party required to deposit its source code into escrow with a third party, which can be released to the counterparty upon the occurrence of certain events (bankruptcy,\u{a0} insolvency, etc.)?"
        }
        Category::AuditRights => {
            "Does a party have the right to\u{a0} audit the books, records, or physical locations of the counterparty to ensure compliance with the contract?"
        }
        Category::UncappedLiability => {
            "Is a party’s liability uncapped upon the breach of its obligation in the contract? This also includes uncap liability for a particular type of breach such as IP infringement or breach of confidentiality obligation."
        }
        Category::CapOnLiability => {
            "Does the contract include a cap on liability upon the breach of a party’s obligation? This includes time limitation for the counterparty to bring claims or maximum amount for recovery."
        }
        Category::WarrantyDuration => {
            "What is the duration of any\u{a0} warranty against defects or errors in technology, products, or services\u{a0} provided under the contract?"
        }
        Category::CovenantNotToSue => {
            "Is a party restricted from contesting the validity of the counterparty’s ownership of intellectual property or otherwise bringing a claim against the counterparty for matters unrelated to the contract?"
        }
        other => other.question(),
    }
}

#[cfg(test)]
mod tests {
    use proviso_core::Sha256Hex;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_questions_are_those_of_the_dataset() {
        let all: Vec<String> = Category::ALL.into_iter().map(cuad_question).collect();
        // Of the texts in CUAD's own JSON, in this order, a line each.
        let expected = "f01e9af416826545a9ceff9a96bfa99e16f9c351e24ae9399310214c7dbe25a6";
        let digest = Sha256::digest(all.join("\n"));
        assert_eq!(Sha256Hex::from_digest(&digest.into()).as_str(), expected);
        assert!(
            all[17].starts_with(
                "Highlight the parts (if any) of this contract related to \"Change Of Control\""
            )
        );
    }
}
