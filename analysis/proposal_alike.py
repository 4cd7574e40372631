"""What weighs for or against a proposal, and proposes nothing by itself. See `ALIKE`.

What should have been, what somebody else said, what must be so, questions, the past. Written by
hand, as in `proposal_forms`; what each is worth is learned, see docs/proposals.md.
"""

from analysis.proposal_modals import SOFT

ALIKE: tuple[tuple[str, str], ...] = (
    (
        "runs the meeting",
        r"\b(?:get(?:ting)? started|mov(?:e|ing) on|take a (?:short )?break|"
        r"(?:hear|see) (?:me|my|you)|"
        r"next slide|go on to|(?:say|repeat) that|(?:on|off) mute|unmute|wrap (?:it )?up|"
        r"come to order|"
        r"share my screen|next item|start with the minutes)\b",
    ),
    (
        "it should",
        r"\b(?:it|that|this) should\b(?! have)",
    ),
    (
        "reported recommend",
        r"\b(?:recommended|suggested|proposed|advised|urged)\b",
    ),
    (
        "that would",
        r"\b(?:this|that|which|these) (?:would|will|could|might)\b|\b(?:so that|that way|"
        r"with (?:this|that|it))\b",
    ),
    (
        "wish past",
        r"\bwish(?:ed)? (?:\w+ ){1,2}(?:had|could have|would have)\b",
    ),
    (
        "you need to",
        rf"\b(?:you|one|it|users?|they) {SOFT}(?:need|needs|have|has|had|must)(?: to)?\b",
    ),
    (
        "for tips",
        r"^(?:for|if|when|in case|once|before|after|while|since|as|to|on|from|in|at|unless)"
        r" [^,.;]{2,60}, (?:\w+ly |please |then |just |always |do )?(?:not )?[a-z]+\b",
    ),
    (
        "we can just",
        r"\b(?:we|you) can (?:just|also|always|simply|at least|then|maybe|even|\w+)\b",
    ),
    (
        "have them",
        r"\bhave (?:\w+ ){1,3}(?:call|send|bring|do|check|make|get|give|show|put|come|write)\b",
    ),
    (
        "past have",
        r"\b(?:should|could|must|might|would|ought to|may|needn't|shouldn't|couldn't|wouldn't)"
        r"(?:n't| not)? (?:\w+ly )?(?:have|of|'ve) (?:been |had |\w+ed\b|\w+en\b|known|seen|got|"
        r"had|made|done|come|read|gone|said)",
    ),
    (
        "had to",
        r"\b(?:had|having) to\b|\bwas (?:told|asked|supposed)\b|\bwere (?:told|asked|supposed|"
        r"advised)\b",
    ),
    (
        "reported",
        r"\b(?:said|says|told|tells|asked|asks|saying|recommended|suggested|advised|decided|"
        r"agreed|promised|wanted|thought|planned|offered|allowed|made|let|helped) (?:(?:that|us|"
        r"me|you|him|her|them|it|he|she|they|we|i|the \w+) ?){0,2}(?:to|should|would|could|must|"
        r"they|we|i|that)\b",
    ),
    (
        "cannot",
        r"\b(?:cannot|can't|can not|couldn't|could not|unable|impossible|no way|no option|"
        r"not possible|doesn't|does not|didn't|did not|isn't|wasn't|won't)\b",
    ),
    (
        "epistemic must",
        r"\b(?:it|that|there|this|he|she|they) must (?:be|have)\b|\bi must (?:say|admit|confess)"
        r"\b|\bhave to (?:say|admit|wait)\b|\bmust-have\b|\ba must\b",
    ),
    (
        "epistemic should",
        r"\bshould (?:work|be (?:fine|ok|okay|there|here|in the|around|enough|able to see|"
        r"seeing|ready|back|proud|ashamed|said|noted|done by))\b|\bi should (?:say|mention|"
        r"think|imagine)\b",
    ),
    (
        "first person",
        r"\b(?:i|we) (?:\w+ly )?(?:was|were|had|got|went|stayed|did|have been|am|are|tried|used|"
        r"found|saw|asked|took|made|came|felt|paid|\w+ed)\b",
    ),
    (
        "i will",
        r"\b(?:i'll|i will|i'm going to|i am going to|we'll|we will|i would|i want to|i need to|"
        r"i have to|i wanted|i'd like to (?:thank|know|ask|say|start|welcome))\b",
    ),
    (
        "would return",
        r"\b(?:would|will|wouldn't|won't|can't wait to|look forward to|happy to) (?:not |"
        r"definitely |certainly |never |love to )?(?:stay|return|come|go|be back|visit|book|say|"
        r"give|describe|have)\b",
    ),
    (
        "past verb",
        r"\b(?:was|were|had|did|didn't|went|got|came|took|told|said|gave|found|made|paid|left|"
        r"felt|saw|stayed|asked)\b",
    ),
    (
        "is verb",
        r"\b(?:is|are|am|'s|'re|'m|has|does|isn't|aren't)\b",
    ),
    (
        "wh question",
        r"^(?:\w+,? )?(?:what|where|when|who|how|which|whose|why)\b.*\?$",
    ),
    (
        "do question",
        r"^(?:\w+,? )?(?:do|does|did|is|are|was|were|have|has|had|am)(?:n't)? \w+.*\?$",
    ),
    (
        "question",
        r"\?",
    ),
    (
        "exclaim",
        r"!",
    ),
    (
        "colon",
        r":",
    ),
    (
        "quoted",
        r"[\"“”]",
    ),
    (
        "if clause",
        r"\b(?:if|unless)\b",
    ),
    (
        "if past",
        r"\bif (?:\w+ ){1,3}had\b|\bhad (?:we|i) known\b",
    ),
    (
        "because",
        r"\b(?:because|since|so that|therefore|otherwise|which means)\b",
    ),
    (
        "thanks",
        r"\b(?:thanks|thank you|thank)\b",
    ),
    (
        "dont know",
        r"\b(?:i|we) (?:don't|do not|didn't|can't|couldn't|wouldn't) (?:\w+ )?(?:know|think|"
        r"remember|see|understand|believe)\b|\bnot sure\b|\bwhether\b",
    ),
    (
        "each time",
        r"\b(?:every time|each time|whenever|all over again|by hand|themselves|again and again|"
        r"forever|which is (?:a|annoying|frustrating))\b",
    ),
    (
        "nobody should",
        r"\b(?:nobody|no one|none) (?:should|ought|must)\b",
    ),
    (
        "asks to hear",
        r"^(?:\w+,? ){0,3}(?:can|could|would|will) (?:you|i|we|anyone|anybody|somebody|someone) "
        r"(?:just |please |all |also )?(?:tell|explain|hear|see|say|repeat|ask|remind|clarify|"
        r"elaborate|go back|describe|comment|confirm|give (?:us|me) (?:an?|any|some))\b",
    ),
    (
        "should question",
        r"^(?:\w+,? ){0,2}(?:what|how|where|when|who|why|which)?(?: \w+)? ?should (?:i|we|they|it|"
        r"he|she)\b.*\?",
    ),
    (
        "maybe so",
        r"\b(?:maybe|perhaps|possibly) (?:it's|it is|that's|that is|i'm|i am|he|she|they(?:'re)?|"
        r"because|i should|i|it was|not|(?:we|you|they|people) (?:were|are|was|had|have|did|do|"
        r"forgot|just (?:had|were)|don't|didn't))\b",
    ),
    (
        "could be so",
        r"\b(?:it|that|this|there|they|he|she) (?:could|might|may) (?:also |well |just )?(?:be|"
        r"take|have|not|cause|mean|help)\b",
    ),
    (
        "want myself",
        r"\bi (?:want|need|would like|wanted|needed|have|would love|'d like) to (?!see\b|suggest|"
        r"propose|recommend|request|be able|urge|encourage|ask that)\w+|\bi'd like to (?!see\b|"
        r"suggest|propose|recommend|request|be able|urge|encourage)\w+",
    ),
    (
        "by the rules",
        r"\b(?:according to|by law|required by|by design|says the|the docs|documentation|manual|"
        r"guidelines?|policy|rules?|states?|website|supposed to|on the roadmap)\b",
    ),
    (
        "let me",
        r"\blet me (?:just |also |first )?(?:explain|give|start|say|think|see|know|tell|turn|ask|"
        r"add|close|read|begin|finish|be clear|thank)\b|\blet's (?:see|say|face|hope|suppose|be "
        r"honest|just say|start|begin|move|go back|get started|take a)\b",
    ),
    (
        "go ahead",
        r"^(?:please|okay|so|and|yes|yeah)?,? ?(?:go ahead|sit down|bear with me|advise|help|see |"
        r"hold on|go on|wait|excuse me|don't worry|never mind|forget it|look|see|note that)\b",
    ),
    (
        "never mind me",
        r"\b(?:should(?:n't)? be (?:surprised|grateful|happy|glad|proud)|i should (?:probably )?"
        r"(?:mention|know|say|declare|also)|should know|should see|must (?:feel|cost|know))\b",
    ),
    (
        "once more past",
        r"\b(?:we|i|he|she|they) (?:ended up|used to|ate|bought|chose|drove|parked|walked|called|"
        r"complained|reported|waited|paid|tried|moved|returned|booked|ordered)\b",
    ),
    (
        "sets a scene",
        r"\b(?:imagine|steps to reproduce|see (?:below|above|attached|my|the attached)|compare "
        r"that|keep up the good|use case|for example|for instance|allow me|feel free)\b",
    ),
    (
        "could then",
        r"\b(?:could|would|can|will) then\b|\bthen (?:i|we|they|you|he|she|it) (?:could|would|can)"
        r"\b",
    ),
    (
        "if it were",
        r"\bif (?:i|we|it|this|that|they|the \w+|there) (?:were|was|could|had|would)\b",
    ),
)
