"""Invented sentences on ten themes of meetings about ALS, to be planted. Start at `THEMES`.

Written by hand for the self test; nobody said any of them. A word in braces stands for one of
several, so that a theme is said in many ways; words are shared between themes on purpose.
"""

from dataclasses import dataclass

SLOTS = {
    "weeks": ("six weeks", "nine weeks", "eleven weeks", "three months", "almost half a year"),
    "who": ("my husband", "my wife", "my mother", "my brother", "Dad", "the man we cared for"),
    "far": ("two hours", "ninety miles", "four hours each way", "a whole day", "across the state"),
    "often": ("every night", "twice a week", "again and again", "most days", "all winter"),
    "when": ("last spring", "in the first year", "right after the holidays", "this summer"),
}
"""What may stand for a word in braces."""


@dataclass(frozen=True)
class PlantedTheme:
    """A theme with what the table recommends about it and ways to say it."""

    name: str
    recommendation: str
    ways: tuple[str, ...]


THEMES = (
    PlantedTheme(
        "equipment loans",
        "Lend wheelchairs, lifts and beds from a shared loan closet within two weeks.",
        (
            "The power wheelchair came {weeks} after we ordered it, and by then it no longer fit.",
            "A loan closet lent us a patient lift within days while the ordered one took {weeks}.",
            "We borrowed a hospital bed from the chapter, and it carried {who} through the worst.",
            "Nobody could tell us where our wheelchair order was stuck for {weeks}.",
            "Equipment sits unused in garages while others wait {weeks} for the same chair.",
            "The shower chair we were lent was the wrong size, and the exchange took {weeks}.",
            "If loaned chairs were cleaned and passed on, nobody would wait {weeks} for a lift.",
            "The vendor measured {who} for a chair {when}, and the delivery slipped {often}.",
            "We returned the lift to the loan pool so that the next family could have it at once.",
        ),
    ),
    PlantedTheme(
        "respite for caregivers",
        "Pay for twenty hours of respite each month so that family caregivers can rest.",
        (
            "I have not slept through a night since {when}; caregivers need somebody to take over.",
            "Four hours of respite let me see my own doctor, for the first time in {weeks}.",
            "Being the only caregiver for {who} wore me down until I fell ill myself.",
            "An aide who comes {often} would let the family rest; we cannot pay for it alone.",
            "I gave up my job to care for {who}, and there is no time off from that.",
            "Caregivers burn out quietly; nobody asks us how we hold up {often}.",
            "When the respite volunteer came I sat in the car and cried for an hour from relief.",
            "A weekend off {when} gave me back the patience that {who} deserves.",
            "We need trained people at home so that a spouse can leave the house without fear.",
        ),
    ),
    PlantedTheme(
        "travel to the clinic",
        "Hold every second clinic visit by video so that families need not travel for hours.",
        (
            "The nearest ALS clinic is {far} away, and the drive exhausts {who} for days.",
            "We leave before sunrise for a visit that lasts twenty minutes, {far} from home.",
            "A video visit saved us the trip of {far}; the doctor saw all that mattered.",
            "Parking, gas and a hotel cost more than the visit itself when you live {far} away.",
            "In our county there is no specialist, so we travel {far} {often}.",
            "By the time we arrive, after {far} on the road, {who} can hardly talk to the team.",
            "Could the clinic come to our town once a season instead of all of us driving {far}?",
            "The accessible van broke down on the highway to the appointment {when}.",
            "Snow closed the pass and we missed the visit; the next opening was {weeks} later.",
        ),
    ),
    PlantedTheme(
        "communication devices",
        "Offer voice banking and an eye-gaze device before speech is lost.",
        (
            "The eye-gaze tablet arrived when {who} could already not speak for {weeks}.",
            "He recorded his voice {when}, and hearing it from the device still means the world.",
            "Nobody told us about voice banking until the speech was too slurred to record.",
            "With the letter board we spell out one word a minute; a speech device would free us.",
            "The eye tracker loses calibration {often}, and then there is no way to say anything.",
            "A speech therapist who knows the devices visited {when} and changed everything.",
            "She jokes with the grandchildren through the computer voice, typing with her eyes.",
            "When the communication tablet failed, {who} could not call for help for hours.",
            "Texting by gaze keeps me in touch with friends now that my speech is gone.",
        ),
    ),
    PlantedTheme(
        "insurance denials",
        "Give every family a navigator who answers insurance denials and appeals for them.",
        (
            "The insurance denied the claim {often}; the letter gave a code and no reason.",
            "We won the appeal {weeks} later, after the insurer had lost the forms two times.",
            "Prior authorization ran out {when} and coverage stopped without any warning.",
            "I spent whole mornings on hold with the insurance company about one signature.",
            "Medicare paid and then asked for the money back {weeks} later.",
            "Every denial letter names a different missing form; I keep a binder of appeals.",
            "A navigator who knows the insurer's rules got the claim approved in one phone call.",
            "The plan called it not medically necessary, though three doctors had signed.",
            "Out-of-pocket costs ate our savings while the insurer sat on the appeal for {weeks}.",
        ),
    ),
    PlantedTheme(
        "breathing at night",
        "Teach families the ventilator and the mask at home before the first night.",
        (
            "The mask leaks {often} and the alarm of the breathing machine wakes the house.",
            "Nobody showed us how to fit the BiPAP mask; we learned from a film at night.",
            "Since {who} sleeps with the ventilator the headaches in the morning are gone.",
            "The cough machine scares me: what if I set the pressure wrong at night?",
            "When the power went out {when} the ventilator battery lasted barely three hours.",
            "A respiratory therapist sat with us on the first night, and we were not afraid.",
            "His oxygen fell while he slept, and we noticed only because the alarm rang {often}.",
            "The nasal pillows rub a sore on the nose, so the breathing support stays off {often}.",
            "I lie awake and listen to each breath of {who}; the machine hisses all night.",
        ),
    ),
    PlantedTheme(
        "access to trials",
        "Open trials to people at a later stage, and publish in plain words who may join.",
        (
            "I was turned away from the drug trial since my first symptom was too long ago.",
            "The trial closed its enrollment {when}, the week before I was to be screened.",
            "Why must anybody with ALS get a placebo? We have no years to give to a study.",
            "Finding a study that takes people at my stage took {weeks} of searching websites.",
            "Expanded access gave {who} the experimental drug although no trial would.",
            "The study nurse explained the eligibility rules in words that I could follow.",
            "Only a few research sites enroll, and all of them filled up within {weeks}.",
            "We would donate samples and data {often} if researchers told us what came of them.",
            "After the trial ended nobody told the participants whether the drug had worked.",
        ),
    ),
    PlantedTheme(
        "delay of diagnosis",
        "Send anybody with unexplained weakness to a neurologist within a month.",
        (
            "It took {weeks} and four specialists until somebody said the word ALS.",
            "They operated on the neck of {who} before anyone thought of motor neurons.",
            "My family doctor called it stress and carpal tunnel until my hand stopped working.",
            "The wait for the neurologist was {weeks}, and the nerve test took as long again.",
            "The diagnosis was told in five minutes in a corridor; we drove home without a word.",
            "Had the twitching been taken seriously {when}, we would have had a year to plan.",
            "I was misdiagnosed with Lyme disease and took antibiotics for {weeks}.",
            "A second opinion named it; the first neurologist had told us to come back later.",
            "Family doctors should learn the early signs: the dropped foot, the slurred word.",
        ),
    ),
    PlantedTheme(
        "eating and the feeding tube",
        "Talk about the feeding tube early, with a dietitian at every visit.",
        (
            "Every meal takes two hours now, and {who} chokes on thin liquids {often}.",
            "We waited too long with the feeding tube, and the weight kept falling for {weeks}.",
            "The dietitian showed us how to thicken soup so that swallowing is safe.",
            "With the tube, dinner is company again instead of a fight over each bite.",
            "He lost thirty pounds before anybody weighed him at a visit {when}.",
            "I puree everything; the smell of real food makes {who} cry.",
            "The formula for the feeding tube was back-ordered for {weeks}, and we improvised.",
            "Swallowing pills became impossible, so we crush them into applesauce.",
            "Nobody had told us that losing weight makes the disease go faster; calories matter.",
        ),
    ),
    PlantedTheme(
        "telling the children",
        "Give families with children a counselor and a book to tell them what is happening.",
        (
            "Our daughter asked at bedtime whether her father will die, and I had no words.",
            "The school counselor met with the kids {often}, and they drew what they felt.",
            "Teenagers hide it: our son stopped bringing friends home {when}.",
            "A camp for children whose parent has ALS was the first place they were not alone.",
            "How do you explain to a six-year-old that Mommy cannot hug back any more?",
            "The grandchildren were afraid at first; a picture book helped us to talk.",
            "Grief came into our house {when}, long before any death, and the children felt it.",
            "The kids help with everything, and I fear that they are losing their childhood.",
            "A letter from {who} waits for each child's wedding day; writing them took {weeks}.",
        ),
    ),
)

CHATTER = (
    "Can you hear me now?",
    "You're on mute.",
    "Next slide, please.",
    "Thank you all very much.",
    "Sorry, go ahead.",
    "Okay, yes, exactly.",
    "Good morning, everyone.",
    "I think we're running out of time.",
    "Are there any questions?",
    "Yeah, I agree.",
)
"""Talk about the meeting itself."""

OFF_TOPIC = (
    "The coffee in the lobby was better than in any other year, I must say.",
    "My flight home leaves at six, so I will slip out during the last session.",
    "Did anybody watch the baseball game yesterday? What a ninth inning.",
    "The hotel gave me a room beside the elevator and it hummed all night long.",
    "I finally planted tomatoes on the balcony, and the birds got every one of them.",
    "There is a wonderful bakery around the corner if somebody wants lunch.",
    "The air conditioning in this room is set for penguins.",
    "Our dog ate the printed agenda, which is a first even for him.",
)
"""What belongs to none of the themes."""

UNRELEASED = (
    "This stays between us: the zanzibar committee has already decided about the budget.",
    "Off the record, I think that the zanzibar vendor should never have been chosen.",
    "Please do not write down what I just said about zanzibar and the grant.",
)
"""Said, and never released; the marked word stands nowhere else."""
MARKED_WORD = "zanzibar"

NAMES = (
    "Ada Birch", "Ben Calder", "Cora Dunn", "Dov Elling", "Edda Frost", "Finn Garrow",
    "Gita Hale", "Hugo Ives", "Ina Jarvis", "Jonas Kerr", "Kaya Lund", "Leo Marsh",
    "Mina North", "Nils Okoro", "Orla Pike", "Pia Quist", "Rafi Stone", "Sol Tarrant",
    "Tess Upton", "Uri Vance", "Vera Walsh", "Wim Yarrow", "Xenia Zell", "Yan Abbot",
    "Zoe Brandt", "Abel Crane",
)  # fmt: skip
"""People who never lived."""
