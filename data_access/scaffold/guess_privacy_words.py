"""The words of headings that speak of people, of what is private about them, and of things that bear a name."""

from __future__ import annotations

SPECIAL = (
    ("ethnic",), ("ethnicity",), ("race",), ("religion",), ("religious",), ("faith",), ("belief",), ("beliefs",),
    ("health",), ("medical",), ("medication",), ("medications",), ("allergy",), ("allergies",), ("diagnosis",),
    ("diagnoses",), ("disability",), ("disabilities",), ("disabled",), ("sen",), ("send",), ("fsm",),
    ("free", "school", "meals"), ("sexual",), ("sexuality",), ("orientation",), ("gender", "identity"),
    ("gender", "reassignment"), ("trade", "union"), ("union", "member"), ("political",), ("genetic",), ("biometric",),
    ("conviction",), ("convictions",), ("convicted",), ("offence",), ("offences",), ("pregnant",), ("pregnancy",),
    ("mental",), ("substance",), ("misuse",), ("immunisations",), ("immunisation",), ("teeth", "check"), ("asylum",),
)  # fmt: skip
PERSONAL = (
    ("surname",), ("forename",), ("forenames",), ("firstname",), ("lastname",), ("fullname",), ("first", "name"),
    ("last", "name"), ("family", "name"), ("given", "name"), ("full", "name"), ("middle", "name"), ("known", "as"),
    ("dob",), ("d", "o", "b"), ("date", "of", "birth"), ("birth", "date"), ("birthdate",), ("birthday",), ("born",),
    ("nhs",), ("upn",), ("uln",), ("nino",), ("ni", "no"), ("ni", "number"), ("national", "insurance"), ("passport",),
    ("email",), ("e", "mail"), ("phone",), ("telephone",), ("tel",), ("mobile", "number"), ("address",), ("addr",),
    ("street", "address"), ("house", "number"), ("postcode",), ("post", "code"), ("home", "post"), ("bank", "account"),
    ("sort", "code"),
)  # fmt: skip
PERSON = frozenset({
    "person", "child", "client", "customer", "patient", "pupil", "student", "resident", "tenant", "carer", "mother",
    "father", "parent", "employee", "staff", "worker", "applicant", "claimant", "borrower", "citizen", "member",
    "requester", "requestor", "complainant", "enquirer", "caller", "visitor", "guardian", "learner", "driver",
    "contact", "officer", "councillor", "referrer", "informant", "payee", "keeper", "owner", "victim", "offender",
    "suspect", "sibling", "individual",
})  # fmt: skip
PEOPLE = PERSON | {f"{one}s" for one in PERSON} | {
    "people", "children", "adult", "adults", "man", "men", "woman", "women", "boy", "boys", "girl", "girls", "baby",
    "babies", "infant", "infants", "births", "deaths",
}  # fmt: skip
NAMES_A_PERSON = {"name", "id", "ref", "reference", "number", "no", "key", "identifier"}
COUNTS = {"number", "no", "count", "total"}  # as the first word: how many, not who
OF_A_PERSON = {"age", "gender", "sex", "marital", "nationality"}
FREE_TEXT = {"notes", "note", "comment", "comments", "remark", "remarks", "narrative", "observations"}
NOT_OURS = {"ip", "web", "mac", "site", "school", "library", "business", "property"}
NAMED_THINGS = NOT_OURS | {
    "street", "road", "place", "area", "ward", "parish", "district", "region", "county", "country", "town", "city",
    "la", "lad", "authority", "council", "organisation", "organization", "company", "supplier", "provider", "vendor",
    "team", "service", "department", "directorate", "centre", "center", "branch", "building", "room", "asset", "stop",
    "route", "station", "operator", "product", "item", "file", "table", "column", "field", "code", "category", "type",
    "group", "scheme", "project", "programme", "course", "subject", "event", "measure", "metric", "indicator",
    "vehicle", "location", "park", "bin", "round", "licence", "job", "role", "post", "cost", "account",
    "system", "user", "domain",
}  # fmt: skip
STATES = {
    "status", "outcome", "result", "state", "decision", "stage", "reason", "method", "channel", "source", "priority",
    "band", "tenure", "title", "description", "locality", "neighbourhood", "quadrant", "zone",
}  # fmt: skip
"""Words of a heading below which two words with capitals are an answer or a place, and no person."""
NOT_IN_NAMES = {
    "not", "no", "other", "unknown", "known", "new", "all", "any", "per", "full", "part", "open", "closed", "north",
    "south", "east", "west", "great", "little", "upper", "lower", "street", "road", "lane", "park", "house", "centre",
    "council", "service", "services", "team", "city", "town", "village", "ward", "school", "library", "hospital",
    "white", "black", "asian", "mixed", "british",
}  # fmt: skip
