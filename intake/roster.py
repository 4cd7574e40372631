"""The people of a meeting from a table. Start at `roster_from_table`."""

from domain.errors import FileRefused
from domain.people import StakeholderGroup
from intake.readers.columns import find_column, plain_header
from intake.result import Oddity, RosterFile, RosterRow, Table
from intake.speakers import one_line

_COLUMNS = {
    "name": ("name", "full name", "person", "participant", "attendee"),
    "group": ("stakeholder group", "group", "stakeholder", "role", "affiliation"),
    "interests": ("interests", "interest", "interests to disclose", "disclosures", "disclosure"),
    "needs": ("access needs", "access need", "needs", "accessibility", "accommodations"),
}
_ALIASES = {
    "pals": StakeholderGroup.PERSON_LIVING_WITH_ALS,
    "plwals": StakeholderGroup.PERSON_LIVING_WITH_ALS,
    "person with als": StakeholderGroup.PERSON_LIVING_WITH_ALS,
    "people living with als": StakeholderGroup.PERSON_LIVING_WITH_ALS,
    "living with als": StakeholderGroup.PERSON_LIVING_WITH_ALS,
    "cals": StakeholderGroup.CURRENT_CAREGIVER,
    "caregiver": StakeholderGroup.CURRENT_CAREGIVER,
    "carer": StakeholderGroup.CURRENT_CAREGIVER,
    "former caregiver": StakeholderGroup.PAST_CAREGIVER,
    "bereaved caregiver": StakeholderGroup.PAST_CAREGIVER,
    "neurologist": StakeholderGroup.CLINICIAN,
    "nurse": StakeholderGroup.CLINICIAN,
    "physician": StakeholderGroup.CLINICIAN,
    "health care professional": StakeholderGroup.CLINICIAN,
    "academic": StakeholderGroup.ACADEMIC_INVESTIGATOR,
    "investigator": StakeholderGroup.ACADEMIC_INVESTIGATOR,
    "researcher": StakeholderGroup.ACADEMIC_INVESTIGATOR,
    "scientist": StakeholderGroup.ACADEMIC_INVESTIGATOR,
    "pharma": StakeholderGroup.INDUSTRY,
    "regulator": StakeholderGroup.GOVERNMENT,
    "staff": StakeholderGroup.ASSOCIATION_STAFF,
    "association": StakeholderGroup.ASSOCIATION_STAFF,
    "als association": StakeholderGroup.ASSOCIATION_STAFF,
}


def roster_from_table(table: Table) -> RosterFile:
    """One row a person; a group that is not known becomes "other" and is asked about."""
    found = {what: find_column(table.headers, names) for what, names in _COLUMNS.items()}
    if found["name"] is None:
        raise FileRefused(
            file_name=table.file_name,
            found="No column holds the names of people.",
            todo="Give the columns the headers name, stakeholder_group, interests, access_needs.",
        )
    rows: list[RosterRow] = []
    oddities = list(table.oddities)
    seen: set[str] = set()
    for place, cells in zip(table.places, table.rows, strict=True):
        row = _row(table, cells, found, place)
        if not row.name:
            oddities.append(Oddity("left_out", place, f"The line at {place} has no name."))
            continue
        if row.name.casefold() in seen:
            oddities.append(Oddity("twice", place, f"“{row.name}” stands in the roster twice."))
        seen.add(row.name.casefold())
        oddities += _group_oddity(table, cells, found["group"], row)
        rows.append(row)
    if not rows:
        raise FileRefused(
            file_name=table.file_name,
            found="The roster names nobody.",
            todo="Write one person a row below the headers.",
        )
    return RosterFile(table.file_name, tuple(rows), tuple(oddities))


def read_group(written: str) -> StakeholderGroup | None:
    """The stakeholder group that a cell means, or None where the words are not known."""
    plain = plain_header(written)
    for group in StakeholderGroup:
        if plain in (plain_header(group.value), plain_header(group.name)):
            return group
    singular = plain.removesuffix("s")
    for group in StakeholderGroup:
        if singular == plain_header(group.value):
            return group
    return _ALIASES.get(plain) or _ALIASES.get(singular)


def _row(
    table: Table, cells: tuple[str, ...], found: dict[str, str | None], place: str
) -> RosterRow:
    group = read_group(_cell(table, cells, found["group"])) or StakeholderGroup.OTHER
    return RosterRow(
        name=_cell(table, cells, found["name"]),
        stakeholder_group=group,
        interests=_cell(table, cells, found["interests"]),
        access_needs=_cell(table, cells, found["needs"]),
        place=place,
    )


def _cell(table: Table, cells: tuple[str, ...], header: str | None) -> str:
    if header is None:
        return ""
    at = table.headers.index(header)
    return one_line(cells[at]) if at < len(cells) else ""


def _group_oddity(
    table: Table, cells: tuple[str, ...], header: str | None, row: RosterRow
) -> list[Oddity]:
    written = _cell(table, cells, header)
    if read_group(written) is not None:
        return []
    what = f"“{written}” is no known stakeholder group" if written else "No stakeholder group"
    sentence = f"{what} for {row.name}; taken as “other” until you choose one."
    return [Oddity("unknown_group", row.place, sentence)]
