"""Where the money for each service comes from and who decides on it: what HOW is answered with.

From what partners and public sources say of each entry point. Two texts each, of one segment.
"""

from __future__ import annotations

from app.language import mark

# Translators: everything in this file is a text message of at most 160 letters. Names of schemes stay as they are.
MONEY: dict[str, tuple[str, ...]] = {
    "gh-agriculture": (
        mark("The money is in the national budget, at the Ministry of Food and Agriculture, now as credit."),
        mark("The ministry and its district office decide. Parliament and the Audit Service check."),
    ),
    "gh-mining": (
        mark(
            "20 percent of the royalties of mines go to the Minerals Development Fund, a part to towns near mines."
        ),
        mark("The fund's board and your District Assembly decide what is built. Parliament checks."),
    ),
    "in-water-sanitation": (
        mark("The money is in the national budget: NAMASTE pays cash, training, loans and safety kits."),
        mark("Your town makes the list, the ministry pays. Ask for both: Right to Information Act."),
    ),
    "in-health": (
        mark("Meals are paid by the national Poshan (ICDS) budget, in tribal areas by the state's too."),
        mark("The Zilla Parishad runs it. The gram sabha and the State Food Commission may ask how."),
    ),
    "in-education": (
        mark(
            "About 60 percent is in the national budget, 40 percent in the state's. The centre pays after the state."
        ),
        mark("The state's welfare department decides. Ask why it is late: Right to Information Act."),
    ),
    "id-fishing": (
        mark("Cheap diesel is paid by the national budget. BPH Migas sets a quota, Pertamina delivers."),
        mark("The local fisheries office gives the letter. The Ombudsman hears you, the DPR may ask."),
    ),
    "id-social-assistance": (
        mark("PKH, Sembako and PBI are in the national budget, Jakarta's own cards in Jakarta's budget."),
        mark("The kelurahan proposes names, Kemensos or Dinsos decides. The DPRD may ask why."),
    ),
    "ke-health": (
        mark("The money is in the county's health budget, clinics' own fees and SHA's Primary Health Fund."),
        mark("The county plans, the County Assembly decides. The Controller of Budget tells what was spent."),
    ),
    "ke-water-sanitation": (
        mark("The money is in the county's water budget. A national agency pays large works."),
        mark("The county plans, the County Assembly decides. The Auditor-General tells what came of it."),
    ),
    "ng-health": (
        mark("1 percent of federal revenue goes to the fund BHCPF, through the state's agency to health centres."),
        mark("The state's agency and local government decide. Ask for figures: Freedom of Information Act."),
    ),
    "ng-agriculture": (
        mark("The money is in the federal and state farm budgets; some of it is set aside for women."),
        mark("The ministries decide, the Assembly approves. Ask for figures: Freedom of Information Act."),
    ),
    "sn-water-sanitation": (
        mark("The money comes through ONAS, the national office, and its programme for ten towns."),
        mark("The ministry and ONAS decide, with your commune. The Cour des comptes checks."),
    ),
    "sn-social-assistance": (
        mark("Card, family grant and health cover are in the national budget. Law 2010-15 gives the card."),
        mark("The DGAS decides on the card, the CMU agency on health cover. Parliament votes the money."),
    ),
    "za-water-sanitation": (
        mark("National grants (USDG, ISUPG) pay for building, the metro's own budget for cleaning and repairs."),
        mark("The metro council decides. Ask your ward councillor. The Auditor-General checks."),
    ),
}
