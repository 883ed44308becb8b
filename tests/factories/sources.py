"""Makes the files that the loaders of legislators read, as Open States and congress-legislators write them."""

import tarfile
from pathlib import Path

import yaml

from legislators.engine.districts import ordinal

US = "ocd-jurisdiction/country:us/government"


def state_jurisdiction(state: str) -> str:
    return f"ocd-jurisdiction/country:us/state:{state}/government"


def role(district="10th Middlesex", kind="lower", state="ma", **values):
    return {
        "type": kind,
        "jurisdiction": state_jurisdiction(state),
        "district": district,
        "start_date": "2023-01-04",
    } | values


def person(number, *roles, **values):
    name = f"Person {number}"
    return {
        "id": f"ocd-person/{number}",
        "name": name,
        "given_name": "Person",
        "family_name": str(number),
        "email": f"person{number}@legislature.example",
        "party": [{"name": "Harborlight"}],
        "roles": list(roles) or [role(f"{ordinal(number + 9)} Middlesex")],
        "offices": [{"classification": "capitol", "voice": f"617-555-01{number:02}"}],
    } | values


def us_person(number, district="MA-4", kind="lower", **values):
    """A member of Congress as Open States has them: with the id that congress-legislators uses."""
    seat = {"type": kind, "jurisdiction": US, "district": district, "start_date": "2025-01-03"}
    identity = [{"scheme": "bioguide", "identifier": f"B{number}"}]
    return person(number, seat, other_identifiers=identity, email="https://one.example/contact") | values


def member(number, district=1, state="MA", kind="rep", end="2027-01-03", **values):
    start = values.pop("start", "2025-01-03")
    term = {"type": kind, "start": start, "end": end, "state": state, "party": "New", "phone": "202-555-0100"}
    if kind == "rep":
        term["district"] = district
    return {
        "id": {"bioguide": f"B{number}"},
        "name": {"first": "Person", "last": str(number)},
        "terms": [term | values],
    }


def committee(number, *members, state="ma", chamber="lower", **values):
    return {
        "id": f"ocd-organization/{number}",
        "jurisdiction": state_jurisdiction(state) if state else US,
        "classification": "committee",
        "name": f"Committee {number}",
        "chamber": chamber,
        "links": [{"url": f"https://legislature.example/committees/{number}"}],
        "members": list(members),
    } | values


def seat(number, role="member", **values):
    return {"name": f"Person {number}", "role": role, "person_id": f"ocd-person/{number}"} | values


def write_folder(root: Path, folder: str, records, *, state="ma") -> Path:
    """One YAML file each, in place of those that were there; returns the root of the copy of openstates/people."""
    where = root / "people" / "data" / state / folder
    where.mkdir(parents=True, exist_ok=True)
    for old in where.iterdir():
        old.unlink()
    for place, record in enumerate(records):
        (where / f"{place}.yml").write_text(yaml.safe_dump(record), encoding="utf-8")
    return root / "people"


def write_yaml(path: Path, content) -> Path:
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def archive(folder: Path, target: Path, kind: str = "xz") -> Path:
    with tarfile.open(target, f"w:{kind}" if kind else "w") as packed:
        packed.add(folder, arcname="people")
    return target
