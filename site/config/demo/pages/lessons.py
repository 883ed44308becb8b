"""The four lessons of the Advocacy Training section."""

from config.demo.texts import LessonText

LESSONS = (
    LessonText(
        slug="meeting-your-legislator",
        title="Meeting your legislator",
        summary="Twenty minutes across a table outweigh a hundred letters. How to ask, prepare, speak and follow up.",
        minutes=8,
        paragraphs=(
            "A legislator votes on hundreds of subjects and is expert in few. A physician who explains one of them "
            "calmly, with a patient in mind and no slides, becomes the person whom the office calls next time.",
            "Meeting a member of staff is not second best. Staff read the bills, write the memos and stay when "
            "members change.",
        ),
        steps=(
            ("Ask", "Write to the scheduler three weeks ahead. Say that you live or practice in the district."),
            ("Prepare", "One request, one story, one page to leave behind. Look up how the member voted last time."),
            ("Speak", "Begin with thanks for something true. Tell the story. Make the request in one sentence."),
            (
                "Listen",
                "The questions you are asked tell you what stands in the way. It is fine not to know an answer.",
            ),
            ("Follow up", "Write the same day with the answer you owed. Tell the Society what you learned."),
        ),
        takeaways=("One request for each meeting", "A story outlasts a statistic", "The follow-up is the relationship"),
        do_this="Write to your own legislators now, and ask for twenty minutes in the last line.",
        campaign="telehealth-payment-parity",
    ),
    LessonText(
        slug="testifying-at-a-hearing",
        title="Testifying at a hearing",
        summary="Three minutes, one point, your own experience: how to sign up, write it down and say it well.",
        minutes=10,
        paragraphs=(
            "A committee hears dozens of witnesses in an afternoon. Those who are remembered say who they are, what "
            "they want and what they saw, and then stop.",
            "Written testimony counts as well. It can be longer, can carry references, and may be sent if you cannot "
            "leave the clinic.",
        ),
        steps=(
            ("Sign up", "Note the bill’s number and title, your position, name, title, organization and town."),
            ("Write", "About 350 words are three minutes. Put the request into the first and the last sentence."),
            ("Rehearse", "Read it aloud with a clock. Cut the sentence on which you stumble."),
            ("Speak", "Thank the chair, look up at each paragraph, and leave your text with the clerk."),
        ),
        takeaways=(
            "350 words are three minutes",
            "No detail that could identify a patient",
            "Say which bill, and for or against",
        ),
        do_this="Practise the point in a letter first: the campaign on overdose prevention centers needs witnesses.",
        campaign="overdose-prevention-centers",
    ),
    LessonText(
        slug="social-media-advocacy",
        title="Social media advocacy",
        summary="Be useful, be brief, be careful: how to speak up in public without risking a patient’s trust.",
        minutes=6,
        paragraphs=(
            "Offices watch what is said about their members at home. A short post by a physician in the district, "
            "with a picture from outside the clinic and the member’s name, reaches them within the hour.",
            "Privacy comes before reach. Leave out dates, ages, places and anything rare enough to be recognized, "
            "even when the patient agrees.",
        ),
        steps=(
            ("Choose one place", "Post where local reporters and staff already are, and learn its habits."),
            ("Show the work", "What a rule does to a day in practice is worth more than an opinion about it."),
            ("Name the member", "Address the account of the office, politely, and say what you ask for."),
            ("Link to action", "End with the campaign’s address, so that others can write."),
        ),
        takeaways=("Privacy before reach", "Thank in public, correct in private", "Always end with one thing to do"),
        do_this="Share the prior authorization campaign with one sentence of your own.",
        campaign="prior-authorization",
    ),
    LessonText(
        slug="state-government-101",
        title="State government 101",
        summary="How a bill becomes a law in Alder, where it usually dies, and when a letter matters most.",
        minutes=9,
        paragraphs=(
            "The General Assembly has two chambers: a senate with four members and a house with eight. Each resident "
            "has one senator and one representative. Seats fall vacant between elections, and then one voice is "
            "missing.",
            "Most bills die without a vote, in the committee to which they were sent. That is why a letter to a "
            "committee in the right week can weigh more than a rally in the wrong one.",
        ),
        steps=(
            ("Filed", "A member files a bill. The number changes when it moves, the title seldom does."),
            ("Heard", "A joint committee holds a hearing. Anybody may testify."),
            ("Reported", "The committee reports it favorably, sends it to study, or lets the date pass."),
            ("Voted", "Both chambers vote. A conference settles the differences."),
            ("Signed", "The governor signs, vetoes or returns it with amendments."),
        ),
        takeaways=("The committee is where bills live or die", "Timing beats volume", "Know both of your legislators"),
        do_this="Find out who represents you: begin a letter on telehealth, and stop before you send it if you like.",
        campaign="telehealth-payment-parity",
    ),
)
