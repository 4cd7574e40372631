"""What people say should, must and could be. Start at `ADVISING`.

Written by hand; `proposal_forms` puts them together with the other ways to propose.
"""

from analysis.proposal_words import NOT_COMMANDS, VERBS

AGENT = (
    r"(?:we|you|they|i|people|everyone|everybody|someone|somebody|anyone|anybody|one|it|he|she|"
    r"users?|developers?|guests|travell?ers|visitors|families|"
    r"(?:the|a|an|every|each|this|that|our|your|their|its|his|her|my|all|these|those) "
    r"\w+(?: \w+)?|[a-z]+s)"
)
SOFT = (
    r"(?:(?:do|does|really|also|probably|definitely|maybe|perhaps|just|at least|certainly|always|"
    r"all|only|either|still|actually|then|now|not|n't|never) )*"
)
GOOD = (
    r"(?:good|great|nice|better|best|cool|awesome|wonderful|helpful|useful|lovely|ideal|perfect|"
    r"wise|wiser|amazing|fantastic|fine|excellent|worth|worthwhile|interesting|handy|super|"
    r"beneficial|easier|sensible|smart|brilliant|logical|convenient|appreciated|an idea|"
    r"important|essential|crucial|critical|imperative|vital|preferable|prudent|welcome|enough|"
    r"needed|necessary)"
)

_ACT = "|".join(
    sorted(VERBS - NOT_COMMANDS - {"become", "begin", "learn", "look", "move", "see", "start"})
)

ADVISING: tuple[tuple[str, str], ...] = (
    (
        "we should",
        rf"\b{AGENT} {SOFT}(?:should|ought to|shall)\b(?! (?:have|of|be able to see|be fine|"
        r"be ok|be okay|be there|be here|be proud|be ashamed|be seeing|know by)\b)",
    ),
    (
        "should be done",
        r"\b(?:should|must|ought to|needs? to|has to|have to) (?:also |really |not |only |"
        r"always )?be \w*(?:ed|en|ne|wn|un|ut|et|ld|ght|lt|id|pt|ad|de)\b",
    ),
    (
        "should be so",
        r"\b(?:should|must|needs? to|has to|have to) (?:also |really |not |only |always )"
        r"?be (?:more|less|an?|the|optional|configurable|original|easy|simple|on|off|at|in|free|"
        r"available|available|possible|clear|as|\w+able|\w+er)\b",
    ),
    (
        "there should be",
        r"\bthere (?:really |also |definitely )?(?:should|must|ought to|has to|have to|needs to|"
        r"need to) (?:really |also )?be\b",
    ),
    (
        "should able",
        r"\b(?:should|must|needs? to|want to|like to|love to|nice to|great to) be (?:able|"
        r"possible|allowed|permitted|given the)\b",
    ),
    (
        "should have noun",
        r"\bshould (?:have|get) (?:a|an|the|more|some|at least|access|its|their|their own)\b",
    ),
    (
        "recommend",
        r"\b(?:i|we|i'd|we'd|i'll|would|can only|can|strongly|highly|definitely|also|do|not|to|"
        r"wouldn't|couldn't) (?:\w+ly )?(?:recommend|suggest|propose|advise|urge|encourage|"
        r"advocate)\b",
    ),
    (
        "both recommend",
        r"\b(?:both|all|heartily|wholeheartedly|thoroughly) recommend\b",
    ),
    (
        "recommended ad",
        r"^(?:highly|strongly|definitely|not|thoroughly)? ?recommended\b|\b(?:highly|strongly|"
        r"thoroughly) recommended (?:for|to|if)\b",
    ),
    (
        "we need to",
        rf"\b(?:we|we'll|we'd|somebody|someone|everybody|everyone|the \w+) {SOFT}(?:need|needs|"
        r"have got|'ve got|has|have|got)(?: got)? to\b",
    ),
    (
        "we need noun",
        r"\b(?:we|we'd|i|it|this|app|hotel|rooms?|place|api|store|platform|phone|bathrooms?|"
        r"people|there's a|system|portal) (?:\w+ )?needs? (?:a|an|the|some|more|better|to have|"
        r"new|for|proper|at least)\b|^needs? (?:a|an|more|some|better|to)\b|\ball (?:we|i|you)"
        r" (?:need|want|ask for|ask) is\b",
    ),
    (
        "a must",
        r"\ba must\b(?: (?:to|if|for|see|do|try|visit))",
    ),
    (
        "what we need",
        r"\bwhat (?:we|i|you|they|is|would|people|families)(?:'d)? (?:\w+ )?(?:need|needs|"
        r"needed|could|would|should|like|want|help|propose|recommend|suggest)\b",
    ),
    (
        "we could",
        rf"\b(?:we|you|they|somebody|someone|people|the \w+(?: \w+)?) {SOFT}(?:could|might|may)"
        r"\b(?! (?:not|n't|have (?!a\b|an\b|the\b|some\b|more\b)|hear|see|be|never|barely|"
        r"hardly|smell|feel|tell)\b)",
    ),
    (
        "might want to",
        r"\b(?:might|may|could|'ll|will|would do|had|'d) (?:just |also |well )?(?:want to|"
        r"wish to|consider|as well|well to|better|be wise|need to)\b",
    ),
    (
        "you should",
        r"\byou(?:'d| would)? (?:\w+ly |all |guys )?(?:should|ought|must|better|have to|need to|"
        r"will need|will want|'ll want|'ll need)\b(?! have)",
    ),
    (
        "if i were you",
        r"\bif i (?:were|was) you\b|\bif it were me\b|\bnext time\b",
    ),
    (
        "it is best",
        r"\b(?:it is|it's|its|is|it may be|it would be|it'd be|probably|it might be) (?:\w+ )"
        r"?(?:best|better|worth|wise|advisable|a good idea|essential|crucial|critical|"
        r"imperative|important|necessary|time)\b(?= (?:to|if|that|for|\w+ing|you|we|when|not to)"
        r"\b)(?! to (?:say|note|remember|know|mention|understand))|^(?:better|best|worth) (?:to|"
        r"it|ask|book|\w+ing)\b",
    ),
    (
        "better off",
        r"\bbetter (?:off|to|if)\b|\bbest (?:to|thing)\b|\bpays to\b|\bworth (?:it to|"
        r"the money to|\w+ing)\b",
    ),
    (
        "do with",
        r"\bcould (?:do with|use|improve|be improved|benefit|stand)\b|\bneeds? (?:improvement|"
        r"improving|updating|an update|a renovation|renovation|to be|attention|fixing)\b",
    ),
    (
        "must do",
        r"\b(?:we|you|they|users?|developers?|guests|(?:the|every|each|our|your|their|this|that)"
        rf" \w+(?: \w+)?|[a-z]+s) {SOFT}must\b(?! (?:be|have (?:been|had)|say|admit)\b)",
    ),
    (
        "answer is to",
        r"\b(?:answer|solution|way|ways|forward|step|thing|fix|option|idea|remedy|key|approach|"
        r"request|plan|proposal|priority|goal)(?: \w+){0,4} (?:is|would be|should be|might be|"
        r"could be) (?:to|that we|for|just|simply)\b",
    ),
    (
        "makes sense",
        r"\bmakes? (?:\w+ )?sense (?:to|for|if)\b|\bwould make (?:\w+ )?sense\b",
    ),
    (
        "got to",
        r"\b(?:have|'ve|has|'s) got to\b|\bneeds? to (?:be|step|do|get|find|make|start|stop|"
        r"take|think)\b",
    ),
    (
        "deserve",
        r"\b(?:deserves?|needs?) (?:a|an|more|better|support|help|transport|access|some|"
        r"clear\w*|to be \w+ed)\b",
    ),
    (
        "shouldnt we",
        r"\b(?:i don't think (?:we|they|you) should|(?:we|they|you|it|there) (?:shouldn't|"
        r"should not|must not|mustn't|needn't))\b",
    ),
    (
        "any should",
        r"\b(?:should|ought)(?:n't)?\b(?! (?:n't )?(?:have|of|'ve|i|we all be)\b)",
    ),
    (
        "any must",
        r"\bmust(?:n't)?\b(?! (?:have|say|admit|confess|be (?:the|an?|so|hard|very|\w+ing))\b)",
    ),
    (
        "in need",
        r"\bneeds? (?:to|\w+ing)\b|\b(?:there's|there is|is) (?:\w+ )?need (?:for|to)\b|"
        r"\bwhat(?:'s| is) needed\b|\bneed(?:ed)? for an?\b",
    ),
    (
        "is a must",
        r"\b(?:is|are|be) an? (?:absolute )?must\b|^(?:a )?must(?:[- ](?:do|see|try|visit|have))?"
        r"\b|^no need (?:to|for)\b|\bdon't need (?:to|an?)\b",
    ),
    (
        "do well to",
        r"\b(?:do|does) well to\b|\bhad better\b|(?:you|we|they)'d better\b|"
        r"\bit(?:'s| is) (?:about )?(?:high )?time\b",
    ),
    (
        "would be enough",
        r"\bwould (?:also )?be (?:enough|plenty|sufficient|all)\b|\bis plenty\b",
    ),
    (
        "they need to",
        r"\b(?:they|management|staff|owners?|someone|somebody|you guys|the \w+(?: \w+)?) "
        r"(?:really |seriously |all |just )*(?:needs?|ought|must) (?:to )?"
        r"(?!have\b|be\b|know\b)[a-z]+",
    ),
    (
        "it should do",
        r"\b(?:it|this|that|they|he|she|which) should (?:also |really |just |only |always |never |"
        r"at least |either )*(?!be\b|have\b|work\b|take\b|say\b|know\b|do it\b|mean\b)[a-z]+",
    ),
    (
        "we should act",
        rf"\b(?:we|you|they|someone|somebody|everyone|everybody|the \w+|[a-z]+s) {SOFT}"
        rf"(?:should|ought to|must|shall|need to|could) {SOFT}(?:{_ACT})\b",
    ),
    (
        "let's act",
        rf"\blet'?s {SOFT}(?:{_ACT})\b",
    ),
)
