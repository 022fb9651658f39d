"""The invented contract that the questions are asked about: ASCII, one space between words."""

SENTENCES = [
    "This Distribution Agreement is made as of March 14, 2019 by and between Harrow Mills Inc. and Pelican Foods "
    "LLC.",
    "Harrow Mills Inc. is referred to below as the Supplier, and Pelican Foods LLC is referred to below as the "
    "Distributor.",
    "The Supplier appoints the Distributor as its exclusive distributor of the Products in the Territory.",
    "The Distributor shall not sell the Products outside the Territory without the prior written consent of the "
    "Supplier.",
    "The initial term of this Agreement is five (5) years from the Effective Date.",
    "After the initial term this Agreement renews for successive periods of one year each, unless either party "
    "gives notice of non-renewal at least ninety (90) days before the end of the current term.",
    "The Distributor shall buy at least 12,000 units of the Products in each calendar year.",
    "If the Distributor fails to buy the minimum quantity, the Supplier may end the exclusive rights of the "
    "Distributor.",
    "Prices are set out in Exhibit B and may be changed by the Supplier once in a calendar year upon sixty days' "
    "notice.",
    "Invoices are due within thirty (30) days of receipt, and late amounts bear interest at 1.5% per month.",
    "Neither party may assign this Agreement, by operation of law or otherwise, without the prior written consent "
    "of the other party, except to a buyer of all or substantially all of its business.",
    "A change of control of the Distributor is deemed to be an assignment under this Section.",
    "The Supplier grants the Distributor a non-transferable license to use the Marks in the Territory during the "
    "term.",
    "All goodwill in the Marks belongs to the Supplier, and the Distributor shall not register any similar mark.",
    "Each party shall keep the confidential information of the other party secret for three years after "
    "termination.",
    "In no event is either party liable for lost profits or for indirect, special or consequential damages.",
    "The total liability of the Supplier under this Agreement is limited to the amounts paid by the Distributor "
    "in the twelve months before the claim.",
    "The cap does not apply to fraud, to gross negligence or to a breach of Section 9.",
    "The Supplier warrants that the Products conform to their specifications for a period of eighteen months "
    "after delivery.",
    "The sole remedy for a defect is repair or replacement of the Products at the expense of the Supplier.",
    "The Distributor shall carry general liability insurance of at least $2,000,000 per occurrence and name the "
    "Supplier as an additional insured.",
    "The Supplier may inspect the books and records of the Distributor once in a calendar year during business "
    "hours.",
    "If an audit shows that more than 5% was not paid, the Distributor bears the cost of the audit.",
    "Either party may terminate this Agreement for convenience upon one hundred eighty (180) days' written "
    "notice.",
    "Either party may terminate this Agreement at once if the other party is insolvent or fails to cure a "
    "material breach within thirty (30) days of notice.",
    "After termination the Distributor may sell its remaining stock for a period of six months.",
    "During the term and for one year after it, the Distributor shall not deal in goods that compete with the "
    "Products.",
    "For two years after termination neither party shall hire or solicit an employee of the other party.",
    "The Supplier shall not offer any other distributor a lower price than the price offered to the Distributor.",
    "If the Supplier wants to sell its business in the Territory, the Distributor has a right of first refusal "
    "for forty-five days.",
    "This Agreement is governed by the laws of the State of Oregon, without regard to its conflict of laws rules.",
    "Any dispute is resolved by arbitration in Portland, and the award binds the Supplier and the Distributor "
    "alike.",
    "Nothing in this Agreement makes the Distributor an agent, a partner or a joint venturer of the Supplier.",
    "Notices are given in writing to the addresses below and take effect upon receipt.",
    "This Agreement, with Exhibit A and Exhibit B, is the whole agreement of the parties on its subject.",
    "No waiver of a breach is a waiver of any later breach, and no change is valid unless both parties sign it.",
    "If a court finds a provision to be invalid, the rest of this Agreement stays in force.",
    "The Supplier and the Distributor have caused this Agreement to be signed as of the date first written above.",
]
QUESTIONS = [
    "Which law governs this Agreement?",
    "When may a party terminate the Agreement for convenience, and upon what notice?",
    "Is the liability of a party limited (for example by a cap)?",
    "What is the term?",
    "Does assignment or a change of control need consent of the other party?",
]
WORDS = " ".join(SENTENCES).split(" ")


def excerpt(first, count):
    """So many words of the contract, which begins again where it ends."""
    return " ".join((WORDS * 3)[first:first + count])


# 30, 150 and 700 words. Phrases come back ("the prior written consent of the"), so that a text is found in two places.
PAIRS = [
    (QUESTIONS[0], excerpt(0, 30)),
    (QUESTIONS[3], excerpt(63, 30)),
    (QUESTIONS[1], excerpt(40, 150)),
    (QUESTIONS[2], excerpt(17, 700)),
]
