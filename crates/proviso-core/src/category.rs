//! The 41 kinds of clause of CUAD.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What kind of short answer CUAD derives from the clauses of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnswerFormat {
    /// The contract's title.
    Name,
    /// Names of the contracting parties.
    Parties,
    /// A day, or "perpetual".
    Date,
    /// A number of days, months or years.
    Duration,
    /// A state, province or country.
    Jurisdiction,
    /// Whether the contract has such a clause.
    YesNo,
}

/// The groups in which a lawyer looks for the categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CategoryGroup {
    /// What the contract is and between whom.
    Contract,
    /// How long it lasts and how it ends.
    TermAndTermination,
    /// What a party may not do.
    Restrictions,
    /// What happens on assignment or a change of control.
    AssignmentAndControl,
    /// Licences and ownership.
    IntellectualProperty,
    /// Prices, shares, commitments and their audit.
    Money,
    /// Who pays when something goes wrong.
    Liability,
}

impl CategoryGroup {
    /// All groups in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Contract,
        Self::TermAndTermination,
        Self::Restrictions,
        Self::AssignmentAndControl,
        Self::IntellectualProperty,
        Self::Money,
        Self::Liability,
    ];

    /// The heading shown to a person.
    pub fn title(self) -> &'static str {
        match self {
            Self::Contract => "The contract",
            Self::TermAndTermination => "Term and termination",
            Self::Restrictions => "Restrictions",
            Self::AssignmentAndControl => "Assignment and control",
            Self::IntellectualProperty => "Intellectual property",
            Self::Money => "Money",
            Self::Liability => "Liability",
        }
    }
}

/// The text names none of the 41 categories.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of CUAD's 41 categories")]
pub struct UnknownCategory(pub String);

macro_rules! categories {
    ($($variant:ident => $name:literal, $group:ident, $format:ident, column $column:literal, $question:literal;)+) => {
        /// One of CUAD's 41 kinds of clause, in CUAD's order. Its name is that of the question ids in CUAD's JSON.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Category {
            $(#[doc = $question] #[serde(rename = $name)] $variant,)+
        }

        impl Category {
            /// All 41 in CUAD's order.
            pub const ALL: [Self; 41] = [$(Self::$variant,)+];

            /// The name in CUAD's question ids, such as `"Change of Control"`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The heading in CUAD's `master_clauses.csv`, such as `"Change Of Control"`.
            pub fn csv_column(self) -> &'static str {
                match self { $(Self::$variant => $column,)+ }
            }

            /// What is asked of the contract, in a sentence or two.
            pub fn question(self) -> &'static str {
                match self { $(Self::$variant => $question,)+ }
            }

            /// Where a lawyer looks for it.
            pub fn group(self) -> CategoryGroup {
                match self { $(Self::$variant => CategoryGroup::$group,)+ }
            }

            /// The kind of short answer that CUAD derives.
            pub fn answer_format(self) -> AnswerFormat {
                match self { $(Self::$variant => AnswerFormat::$format,)+ }
            }
        }
    };
}

// Questions after CUAD v1 (The Atticus Project, CC BY 4.0).
categories! {
    DocumentName => "Document Name", Contract, Name, column "Document Name",
        "The name of the contract";
    Parties => "Parties", Contract, Parties, column "Parties",
        "The two or more parties who signed the contract";
    AgreementDate => "Agreement Date", Contract, Date, column "Agreement Date",
        "The date of the contract";
    EffectiveDate => "Effective Date", Contract, Date, column "Effective Date",
        "The date when the contract is effective";
    ExpirationDate => "Expiration Date", TermAndTermination, Date, column "Expiration Date",
        "On what date will the contract's initial term expire?";
    RenewalTerm => "Renewal Term", TermAndTermination, Duration, column "Renewal Term",
        "What is the renewal term after the initial term expires? This includes automatic extensions and unilateral extensions with prior notice.";
    NoticePeriodToTerminateRenewal => "Notice Period to Terminate Renewal", TermAndTermination, Duration, column "Notice Period To Terminate Renewal",
        "What is the notice period required to terminate renewal?";
    GoverningLaw => "Governing Law", Contract, Jurisdiction, column "Governing Law",
        "Which state/country's law governs the interpretation of the contract?";
    MostFavoredNation => "Most Favored Nation", Restrictions, YesNo, column "Most Favored Nation",
        "Is there a clause that if a third party gets better terms on the licensing or sale of technology/goods/services described in the contract, the buyer of such technology/goods/services under the contract shall be entitled to those better terms?";
    NonCompete => "Non-Compete", Restrictions, YesNo, column "Non-Compete",
        "Is there a restriction on the ability of a party to compete with the counterparty or operate in a certain geography or business or technology sector?";
    Exclusivity => "Exclusivity", Restrictions, YesNo, column "Exclusivity",
        "Is there an exclusive dealing commitment with the counterparty? This includes a commitment to procure all \"requirements\" from one party of certain technology, goods, or services or a prohibition on licensing or selling technology, goods or services to third parties, or a prohibition on collaborating or working with other parties), whether during the contract or after the contract ends (or both).";
    NoSolicitOfCustomers => "No-Solicit of Customers", Restrictions, YesNo, column "No-Solicit Of Customers",
        "Is a party restricted from contracting or soliciting customers or partners of the counterparty, whether during the contract or after the contract ends (or both)?";
    CompetitiveRestrictionException => "Competitive Restriction Exception", Restrictions, YesNo, column "Competitive Restriction Exception",
        "This category includes the exceptions or carveouts to Non-Compete, Exclusivity and No-Solicit of Customers above.";
    NoSolicitOfEmployees => "No-Solicit of Employees", Restrictions, YesNo, column "No-Solicit Of Employees",
        "Is there a restriction on a party's soliciting or hiring employees and/or contractors from the counterparty, whether during the contract or after the contract ends (or both)?";
    NonDisparagement => "Non-Disparagement", Restrictions, YesNo, column "Non-Disparagement",
        "Is there a requirement on a party not to disparage the counterparty?";
    TerminationForConvenience => "Termination for Convenience", TermAndTermination, YesNo, column "Termination For Convenience",
        "Can a party terminate this contract without cause (solely by giving a notice and allowing a waiting period to expire)?";
    RofrRofoRofn => "Rofr/Rofo/Rofn", Restrictions, YesNo, column "Rofr/Rofo/Rofn",
        "Is there a clause granting one party a right of first refusal, right of first offer or right of first negotiation to purchase, license, market, or distribute equity interest, technology, assets, products or services?";
    ChangeOfControl => "Change of Control", AssignmentAndControl, YesNo, column "Change Of Control",
        "Does one party have the right to terminate or is consent or notice required of the counterparty if such party undergoes a change of control, such as a merger, stock sale, transfer of all or substantially all of its assets or business, or assignment by operation of law?";
    AntiAssignment => "Anti-Assignment", AssignmentAndControl, YesNo, column "Anti-Assignment",
        "Is consent or notice required of a party if the contract is assigned to a third party?";
    RevenueProfitSharing => "Revenue/Profit Sharing", Money, YesNo, column "Revenue/Profit Sharing",
        "Is one party required to share revenue or profit with the counterparty for any technology, goods, or services?";
    PriceRestrictions => "Price Restrictions", Money, YesNo, column "Price Restrictions",
        "Is there a restriction on the ability of a party to raise or reduce prices of technology, goods, or services provided?";
    MinimumCommitment => "Minimum Commitment", Money, YesNo, column "Minimum Commitment",
        "Is there a minimum order size or minimum amount or units per-time period that one party must buy from the counterparty under the contract?";
    VolumeRestriction => "Volume Restriction", Money, YesNo, column "Volume Restriction",
        "Is there a fee increase or consent requirement, etc. if one party's use of the product/services exceeds certain threshold?";
    IpOwnershipAssignment => "IP Ownership Assignment", IntellectualProperty, YesNo, column "Ip Ownership Assignment",
        "Does intellectual property created by one party become the property of the counterparty, either per the terms of the contract or upon the occurrence of certain events?";
    JointIpOwnership => "Joint IP Ownership", IntellectualProperty, YesNo, column "Joint Ip Ownership",
        "Is there any clause providing for joint or shared ownership of intellectual property between the parties to the contract?";
    LicenseGrant => "License Grant", IntellectualProperty, YesNo, column "License Grant",
        "Does the contract contain a license granted by one party to its counterparty?";
    NonTransferableLicense => "Non-Transferable License", IntellectualProperty, YesNo, column "Non-Transferable License",
        "Does the contract limit the ability of a party to transfer the license being granted to a third party?";
    AffiliateLicenseLicensee => "Affiliate License-Licensee", IntellectualProperty, YesNo, column "Affiliate License-Licensee",
        "Does the contract contain a license grant to a licensee (incl. sublicensor) and the affiliates of such licensee/sublicensor?";
    AffiliateLicenseLicensor => "Affiliate License-Licensor", IntellectualProperty, YesNo, column "Affiliate License-Licensor",
        "Does the contract contain a license grant by affiliates of the licensor, or that includes intellectual property of affiliates of the licensor?";
    UnlimitedAllYouCanEatLicense => "Unlimited/All-You-Can-Eat-License", IntellectualProperty, YesNo, column "Unlimited/All-You-Can-Eat-License",
        "Is there a clause granting one party an \"enterprise,\" \"all you can eat\" or unlimited usage license?";
    IrrevocableOrPerpetualLicense => "Irrevocable or Perpetual License", IntellectualProperty, YesNo, column "Irrevocable Or Perpetual License",
        "Does the contract contain a license grant that is irrevocable or perpetual?";
    SourceCodeEscrow => "Source Code Escrow", IntellectualProperty, YesNo, column "Source Code Escrow",
        "Is one party required to deposit its source code into escrow with a third party, which can be released to the counterparty upon the occurrence of certain events (bankruptcy, insolvency, etc.)?";
    PostTerminationServices => "Post-Termination Services", TermAndTermination, YesNo, column "Post-Termination Services",
        "Is a party subject to obligations after the termination or expiration of a contract, including any post-termination transition, payment, transfer of IP, wind-down, last-buy, or similar commitments?";
    AuditRights => "Audit Rights", Money, YesNo, column "Audit Rights",
        "Does a party have the right to audit the books, records, or physical locations of the counterparty to ensure compliance with the contract?";
    UncappedLiability => "Uncapped Liability", Liability, YesNo, column "Uncapped Liability",
        "Is a party's liability uncapped upon the breach of its obligation in the contract? This also includes uncap liability for a particular type of breach such as IP infringement or breach of confidentiality obligation.";
    CapOnLiability => "Cap on Liability", Liability, YesNo, column "Cap On Liability",
        "Does the contract include a cap on liability upon the breach of a party's obligation? This includes time limitation for the counterparty to bring claims or maximum amount for recovery.";
    LiquidatedDamages => "Liquidated Damages", Liability, YesNo, column "Liquidated Damages",
        "Does the contract contain a clause that would award either party liquidated damages for breach or a fee upon the termination of a contract (termination fee)?";
    WarrantyDuration => "Warranty Duration", Liability, YesNo, column "Warranty Duration",
        "What is the duration of any warranty against defects or errors in technology, products, or services provided under the contract?";
    Insurance => "Insurance", Liability, YesNo, column "Insurance",
        "Is there a requirement for insurance that must be maintained by one party for the benefit of the counterparty?";
    CovenantNotToSue => "Covenant Not to Sue", Liability, YesNo, column "Covenant Not To Sue",
        "Is a party restricted from contesting the validity of the counterparty's ownership of intellectual property or otherwise bringing a claim against the counterparty for matters unrelated to the contract?";
    ThirdPartyBeneficiary => "Third Party Beneficiary", Contract, YesNo, column "Third Party Beneficiary",
        "Is there a non-contracting party who is a beneficiary to some or all of the clauses in the contract and therefore can enforce its rights against a contracting party?";
}

impl FromStr for Category {
    type Err = UnknownCategory;

    /// Reads a name without regard to case, as CUAD itself writes some names in two ways.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|category| category.name().eq_ignore_ascii_case(name.trim()))
            .ok_or_else(|| UnknownCategory(name.to_owned()))
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back_in_either_spelling() {
        for category in Category::ALL {
            assert_eq!(category.name().parse(), Ok(category));
            assert_eq!(category.csv_column().parse(), Ok(category));
        }
        assert_eq!("Rent".parse::<Category>(), Err(UnknownCategory("Rent".into())));
    }

    #[test]
    fn every_group_has_categories() {
        for group in CategoryGroup::ALL {
            assert!(Category::ALL.iter().any(|category| category.group() == group), "{group:?} is empty");
        }
    }
}
