"""The four campaigns. Every figure is invented for the demonstration and says so on the page."""

from config.demo.texts import ActionText, CampaignText

TELEHEALTH = CampaignText(
    slug="telehealth-payment-parity",
    title="Telehealth payment parity",
    summary="A visit by video takes the same judgment as a visit in the room. Ask Alder to pay for both alike.",
    lead="Rural and homebound patients keep their doctors only if a video visit pays for the time that it takes.",
    goal=400,
    opens_on="2026-09-01",
    scene="screen",
    paragraphs=(
        "Alder’s temporary rule that pays video and telephone visits like office visits ends with the fiscal year. "
        "Practices that built telehealth around it must now decide whether they can go on offering it.",
        "A bill before both chambers would make parity permanent for visits that a clinician judges suitable, and "
        "would keep telephone visits for people without a reliable connection. Nothing in it requires a patient to "
        "choose a screen over an examination room.",
        "Your legislators hear from insurers every week. What they rarely hear is what happened to the patient whose "
        "follow-up was cancelled. That is what your letter can tell them.",
    ),
    statistics=(
        ("41%", "of behavioral health visits in our sample survey were by video or telephone"),
        ("62 miles", "longest drive to a specialist reported by a respondent’s patient"),
        ("1 in 3", "responding practices would cut telehealth hours without parity"),
    ),
    quote=(
        "My patients on the north shore did not stop needing me when the ferry stopped running. They only stopped "
        "being able to come.",
        "Dr. Noor Castellane",
        "Family physician, Saltmarsh",
    ),
    questions=(
        (
            "Does parity raise what patients pay?",
            "The bill ties the patient’s share for a telehealth visit to the share for the same visit in person. "
            "It cannot be higher.",
        ),
        (
            "Are telephone calls covered?",
            "Yes, where video is not available to the patient or not suitable, and the record says why.",
        ),
        (
            "Who receives my letter?",
            "Your own state senator and your own state representative. Before anything is sent, you see each letter "
            "and may change every word.",
        ),
    ),
    updates=(
        ("2026-09-01", "Campaign opens", "The Society’s council votes to make parity its first priority."),
        ("2026-10-14", "Heard in committee", "Five members testify before the Joint Committee on Health Insurance."),
        ("2026-11-10", "Reported favorably", "The bill goes to the senate floor with the telephone section intact."),
    ),
    action=ActionText(
        slug="write-your-legislators",
        title="Ask your legislators to keep telehealth payment parity",
        introduction="It takes about three minutes. You will see each letter before it goes, and you can change it.",
        chambers=("state_upper", "state_lower"),
        questions=("specialty", "story"),
        subject="Please support permanent telehealth payment parity, from a constituent in {town}",
        letter=(
            "Dear {legislator_salutation},\n\n"
            "I am a physician ({answer.specialty}) and your constituent in {town}.\n\n"
            "{answer.story}\n\n"
            "I ask you to support permanent payment parity for telehealth visits. A visit by video or telephone takes "
            "the same training, the same time and the same responsibility as a visit in the room. When it pays less, "
            "practices offer less of it, and the first to lose it are patients who live far away, cannot leave work, "
            "or cannot leave home.\n\n"
            "I would be glad to tell you or your staff more about what this means in {district}."
        ),
        thank_you=(
            "Letters open the door; a conversation walks through it. The lesson on meeting your legislator takes "
            "eight minutes."
        ),
    ),
)

PRIOR_AUTHORIZATION = CampaignText(
    slug="prior-authorization",
    title="Prior authorization reform",
    summary="Care that a physician has ordered should not wait on a fax. Support clear rules and real deadlines.",
    lead="Every hour spent on a form is an hour taken from a patient, and every day of waiting is the patient’s.",
    goal=300,
    opens_on="2026-08-15",
    scene="forms",
    paragraphs=(
        "Insurers may ask for approval before they pay for a test, a medicine or an operation. Used with care, that "
        "protects patients. Used by habit, it delays treatment that is nearly always approved in the end.",
        "The reform bill sets an answer within one working day for urgent care and three for the rest, lets an "
        "approval follow a patient who changes plans, and exempts physicians whose requests are almost always "
        "granted.",
    ),
    statistics=(
        ("13 hours", "a week per physician spent on requests, in our sample survey"),
        ("9 in 10", "requests in the sample were approved in the end"),
        ("6 days", "median wait for an answer that was not urgent"),
    ),
    quote=(
        "She asked me whether she should start saving pills. That is not a question about medicine.",
        "Dr. Anselm Drury",
        "Rheumatologist, Stonebridge",
    ),
    questions=(
        (
            "Does the bill end prior authorization?",
            "No. It ends delays without a reason: it sets deadlines, asks for the clinical ground of a denial, and "
            "spares treatments that are always approved.",
        ),
        (
            "Why does a committee get a copy?",
            "The Joint Committee on Health Insurance is drafting the final text and has asked to hear from practices.",
        ),
    ),
    updates=(
        ("2026-08-15", "Campaign opens", "Practices begin to send the Society a month of their requests."),
        ("2026-10-30", "Redraft published", "The committee’s redraft keeps the deadlines and drops the reporting."),
    ),
    action=ActionText(
        slug="write-about-prior-authorization",
        title="Tell the legislature what waiting does",
        introduction="Your representative and the committee that drafts the bill should hear it from you.",
        chambers=("state_lower",),
        recipients=(
            (
                "Joint Committee on Health Insurance",
                "General Assembly of Alder",
                "health.insurance@legislature.alder.example",
            ),
        ),
        questions=("specialty", "story"),
        subject="Prior authorization: what it does to patients in {town}",
        letter=(
            "Dear {legislator_salutation},\n\n"
            "{answer.story}\n\n"
            "I practice {answer.specialty} and live in {town}. I ask you to pass the prior authorization reform with "
            "its deadlines intact: one working day when care is urgent, three when it is not, and a reason in "
            "clinical words when the answer is no.\n\n"
            "Thank you for your attention to it."
        ),
        thank_you="The committee counts practices, not only letters. Ask a colleague in another district to write.",
    ),
)

OVERDOSE_PREVENTION = CampaignText(
    slug="overdose-prevention-centers",
    title="Overdose prevention centers",
    summary="Nobody recovers from a fatal overdose. Ask Alder to let supervised centers open where towns want them.",
    lead="A staffed room, a clean supply and somebody who calls you by name: that is where treatment can begin.",
    goal=250,
    opens_on="2026-10-01",
    scene="harbor",
    paragraphs=(
        "In an overdose prevention center trained staff watch over people who use drugs, reverse overdoses at once, "
        "and offer wound care, testing and a way into treatment to people who come to no other door.",
        "The bill would let a town’s board of health license a center after a public hearing, protect its staff and "
        "visitors under state law, and have the results measured and published.",
    ),
    statistics=(
        ("212", "Alder residents in this invented year who died of an overdose"),
        ("0", "towns that may license a center today"),
        ("4", "boards of health that have asked to"),
    ),
    quote=(
        "I have never met a patient who got better by being alone.",
        "Dr. Fenella Okonjo",
        "Emergency physician, Port Alder",
    ),
    questions=(
        (
            "Would every town have to allow one?",
            "No. A center opens only where the board of health votes for it after a hearing.",
        ),
        (
            "Who pays?",
            "Grants and opioid settlement money. The bill spends nothing from the general fund.",
        ),
    ),
    updates=(("2026-10-01", "Campaign opens", "Physicians and two boards of health present the bill together."),),
    action=ActionText(
        slug="write-for-overdose-prevention",
        title="Ask your legislators to license overdose prevention centers",
        introduction=(
            "Say why it matters to you as a physician. Your own words go first. If you live and practice in different "
            "districts, the legislators of both hear from you."
        ),
        asks_for_practice=True,
        chambers=("state_upper", "state_lower"),
        questions=("story",),
        subject="Please let towns license overdose prevention centers",
        letter=(
            "Dear {legislator_salutation},\n\n"
            "{answer.story}\n\n"
            "I am a physician. {standing}, in {town}. I ask you to let boards of health license overdose prevention "
            "centers. They keep people alive for the day on which they ask for treatment, and they bring that day "
            "nearer."
        ),
        thank_you="The public hearing needs witnesses. The lesson on testifying shows how three minutes are enough.",
    ),
)

MEDICARE = CampaignText(
    slug="medicare-payment-cuts",
    title="Medicare payment cuts",
    summary="Payment that falls while costs rise closes practices. Ask Congress for an update that keeps pace.",
    lead="When a practice stops taking new Medicare patients, it is seldom because it wants to.",
    goal=500,
    opens_on="2026-10-20",
    scene="capitol",
    paragraphs=(
        "Medicare’s physician fee schedule has no yearly update for inflation. Rent, wages and supplies rise; the "
        "schedule is cut, and Congress repairs part of the cut late in the year, if at all.",
        "We ask for two things: stop the cut that is due in January, and tie the schedule to the cost of running a "
        "practice, as it is for nearly everybody else whom Medicare pays.",
        "Members of Congress do not publish e-mail addresses. For each of yours we show the telephone number, the "
        "office’s own contact form where it has one, and your letter ready to copy. You tell us when it is done.",
    ),
    statistics=(
        ("0", "automatic updates for inflation in the fee schedule"),
        ("1 in 4", "practices in our sample survey limit new Medicare patients"),
        ("3", "members of Congress for every resident: two senators and one representative"),
    ),
    quote=(
        "I can keep the lights on or I can keep the nurse. I should not have to choose.",
        "Dr. Leopold Wren",
        "Internist, Millbrook",
    ),
    questions=(
        (
            "Why can’t you e-mail my senators?",
            "Congress takes messages through its own forms only. We would rather say so than pretend.",
        ),
        (
            "Does a call matter?",
            "Yes. Offices keep a tally by topic, and a physician from the district is put through more often than "
            "you would think.",
        ),
    ),
    updates=(("2026-10-20", "Campaign opens", "Alder joins the national call for a permanent update."),),
    action=ActionText(
        slug="contact-congress",
        title="Ask your members of Congress to stop the Medicare cut",
        introduction="We find your representative and both senators, and prepare a letter and a telephone script.",
        chambers=("us_house", "us_senate"),
        questions=("story",),
        subject="Please stop the Medicare physician payment cut",
        letter=(
            "Dear {legislator_salutation},\n\n"
            "I am a physician in {town} and your constituent. Please stop the cut to Medicare physician payment that "
            "is due in January, and tie the schedule to the cost of running a practice.\n\n"
            "{answer.story}"
        ),
        thank_you="One call a month from the same physician is remembered. Put the next one in your calendar.",
    ),
)

CAMPAIGNS = (TELEHEALTH, PRIOR_AUTHORIZATION, OVERDOSE_PREVENTION, MEDICARE)

PATIENT_ACTION = ActionText(
    slug="tell-your-legislators",
    title="Tell your legislators what waiting for care was like",
    introduction=(
        "You do not need to know the bill’s number. Say what happened, and your senator and your representative "
        "will read it."
    ),
    chambers=("state_upper", "state_lower"),
    questions=("story",),
    subject="A patient in {town} asks for shorter waits for approval",
    letter=(
        "Dear {legislator_salutation},\n\n"
        "{answer.story}\n\n"
        "I live in {town}. Please support the prior authorization reform, so that care a doctor has ordered does not "
        "wait for weeks."
    ),
    thank_you="Thank you for speaking up. What you wrote goes to your legislators and to nobody else.",
    is_for_patients=True,
)
