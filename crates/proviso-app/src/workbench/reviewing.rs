//! The review of an open contract as the interface shows it.

use proviso_core::{
    Anchor, Carried, Decision, Deed, Document, Fate, Finding, Mark, Origin, PdfRect, TextRange, Topic,
};
use proviso_review::{Clause, Review};
use proviso_store::DeedRecords;

use super::checking::Checked;
use crate::view::{
    CarriedView, DecisionView, FindingReviewView, LostClauseView, OriginView, ReviewAction, ReviewView,
    SelectedView,
};

/// Clauses that no model found are numbered from here, in the order in which they were first seen.
const FIRST_OF_OTHERS: u32 = 1 << 24;

/// A clause with the number that the interface knows it by.
pub(super) struct Numbered {
    pub id: u32,
    pub clause: Clause,
}

/// Numbers for clauses that no model found, which stay the same as long as the contract is open.
#[derive(Debug, Default)]
pub(super) struct Others(Vec<Anchor>);

impl Others {
    fn number(&mut self, anchor: &Anchor) -> u32 {
        let place = self.0.iter().position(|known| known == anchor).unwrap_or_else(|| {
            self.0.push(anchor.clone());
            self.0.len() - 1
        });
        FIRST_OF_OTHERS + place as u32
    }
}

/// All clauses of a contract, by their kinds and places.
pub(super) fn numbered(review: &Review, checked: &[Checked], others: &mut Others) -> Vec<Numbered> {
    let findings: Vec<Finding> = checked.iter().map(|checked| checked.finding.clone()).collect();
    let number = |clause: Clause| {
        let id = clause.found.map_or_else(|| others.number(&clause.anchor), |number| number as u32);
        Numbered { id, clause }
    };
    let mut all: Vec<Numbered> = review.clauses(&findings).into_iter().map(number).collect();
    all.sort_by(|a, b| {
        let place = |numbered: &Numbered| (numbered.clause.anchor.topic.clone(), numbered.clause.range);
        place(a).cmp(&place(b))
    });
    all
}

/// What the interface asks for, as a deed; a sentence where that is not possible.
pub(super) fn deed(action: &ReviewAction, clauses: &[Numbered], document: &Document) -> Result<Deed, String> {
    let clause = |id: u32| {
        let found = clauses.iter().find(|numbered| numbered.id == id);
        found.map(|numbered| numbered.clause.anchor.clone()).ok_or("This clause is not there any more.")
    };
    let words = |selected: &[SelectedView]| {
        range(selected, document).ok_or("The selection holds no words of the contract's text.")
    };
    Ok(match action {
        ReviewAction::Accept { finding } => Deed::Accept { clause: clause(*finding)? },
        ReviewAction::Reject { finding } => Deed::Reject { clause: clause(*finding)? },
        ReviewAction::Reopen { finding } => Deed::Reopen { clause: clause(*finding)? },
        ReviewAction::Note { finding, text } => {
            Deed::Note { clause: clause(*finding)?, text: text.trim().to_owned() }
        }
        ReviewAction::Edit { finding, selected } => {
            Deed::Edit { clause: clause(*finding)?, range: words(selected)? }
        }
        ReviewAction::Add { category, selected } => {
            Deed::Add { clause: Anchor { topic: Topic::named(category), range: words(selected)? } }
        }
        ReviewAction::ConfirmAbsent { category } => Deed::ConfirmAbsent { topic: Topic::named(category) },
        ReviewAction::ReopenAbsent { category } => Deed::ReopenAbsent { topic: Topic::named(category) },
    })
}

fn range(selected: &[SelectedView], document: &Document) -> Option<TextRange> {
    let marks: Vec<Mark> = selected
        .iter()
        .flat_map(|on_page| {
            on_page.rects.iter().filter_map(|rect| {
                let [x0, y0, x1, y1] = rect.0;
                let page = on_page.page.checked_sub(1)?;
                Some(Mark { page, rect: PdfRect::from_corners(x0, y0, x1, y1) })
            })
        })
        .collect();
    document.range_within(&marks)
}

/// The review of a clause.
pub(super) fn clause_review(clause: &Clause) -> FindingReviewView {
    FindingReviewView {
        decision: decision(clause.decision),
        origin: match clause.origin {
            Origin::Model => OriginView::Model,
            Origin::Edited => OriginView::Edited,
            Origin::Added => OriginView::Added,
        },
        note: clause.note.clone(),
        carried: clause.carried.and_then(carried),
    }
}

/// The review of the contract as a whole.
pub(super) fn contract_review(review: &Review, deeds: &DeedRecords) -> ReviewView {
    ReviewView {
        undo: deeds.done.last().map(Deed::in_words),
        redo: deeds.undone.first().map(Deed::in_words),
        confirmed_absent: review.confirmed_absent().map(|topic| topic.name().to_owned()).collect(),
        lost: review.lost().iter().map(lost).collect(),
    }
}

fn decision(decision: Decision) -> DecisionView {
    match decision {
        Decision::Unreviewed => DecisionView::Unreviewed,
        Decision::Accepted => DecisionView::Accepted,
        Decision::Rejected => DecisionView::Rejected,
    }
}

fn carried(fate: Fate) -> Option<CarriedView> {
    match fate {
        Fate::Unchanged => Some(CarriedView::Unchanged),
        Fate::Moved => Some(CarriedView::Moved),
        Fate::Changed => Some(CarriedView::Changed),
        Fate::Lost => None,
    }
}

fn lost(carried: &Carried) -> LostClauseView {
    LostClauseView {
        category: carried.clause.topic.name().to_owned(),
        text: carried.quote.clone(),
        decision: decision(carried.decision),
        note: carried.note.clone(),
    }
}
