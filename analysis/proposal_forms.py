"""Ways to propose. Start at `PROPOSING`.

Written by hand from how English does it: what is asked of others, advised, wished for and offered;
what looks alike stands in `proposal_alike`. Each is a name and a pattern over a sentence in small
letters with straight apostrophes. What each is worth is learned, see docs/proposals.md.
"""

_AGENT = (
    r"(?:we|you|they|i|people|everyone|everybody|someone|somebody|anyone|anybody|one|it|he|she|"
    r"users?|developers?|guests|travell?ers|visitors|families|"
    r"(?:the|a|an|every|each|this|that|our|your|their|its|his|her|my|all|these|those) "
    r"\w+(?: \w+)?|[a-z]+s)"
)
SOFT = (
    r"(?:(?:do|does|really|also|probably|definitely|maybe|perhaps|just|at least|certainly|always|"
    r"all|only|either|still|actually|then|now|not|n't|never) )*"
)
_GOOD = (
    r"(?:good|great|nice|better|best|cool|awesome|wonderful|helpful|useful|lovely|ideal|perfect|"
    r"wise|wiser|amazing|fantastic|fine|excellent|worth|worthwhile|interesting|handy|super|"
    r"beneficial|easier|sensible|smart|brilliant|logical|convenient|appreciated|an idea|"
    r"important|essential|crucial|critical|imperative|vital|preferable|prudent|welcome|enough|"
    r"needed|necessary)"
)

PROPOSING: tuple[tuple[str, str], ...] = (
    (
        "we should",
        rf"\b{_AGENT} {SOFT}(?:should|ought to|shall)\b(?! (?:have|of|be able to see|be fine|"
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
        "let's",
        r"\b(?:let's|lets|let us)\b(?! (?:see|say|me|face|take a break|get started|move on|hope|"
        r"just say|not forget|you|us|people|users|know))",
    ),
    (
        "shall we",
        r"\bshall we\b",
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
        "my suggestion",
        r"\b(?:my|our|one|a|another|the|any|only|main|small|some|of) (?:\w+ )?(?:recommendation|"
        r"suggestion|proposal|advice|tip|tips|request|idea|motion|hint|wish)s? (?:is|would|to|"
        r"for|are|:)|^(?:\w+ )?(?:suggestions?|tips?|ideas?|advice|proposal|hint|"
        r"feature request|recommendation|request)s?\s*[:-]",
    ),
    (
        "i move",
        r"\bi (?:hereby )?(?:move|so move|would move) (?:that|to|we|for)\b|\b(?:call|calling)"
        r" (?:up)?on\b",
    ),
    (
        "please",
        r"\bplease\b|\bpls\b|\bplz\b",
    ),
    (
        "would be good",
        r"\b(?:it|that|this|which)?(?:'d|would|might|could|may|will| 'll)(?: \w+)? be (?:\w+ )"
        rf"?{_GOOD}\b",
    ),
    (
        "would be good if",
        r"\b(?:would|'d|might|could|may)(?: \w+)? (?:be|make)\b.{0,30}\b(?:if|to|when|that)\b",
    ),
    (
        "would be nice start",
        rf"^(?:would|will|might|could) (?:\w+ )?be (?:\w+ )?{_GOOD}\b",
    ),
    (
        "x would be good",
        rf"^(?!(?:it|that|this|which|he|she)\b).{{3,60}} would (?:\w+ )?(?:be (?:\w+ )"
        rf"?(?:{_GOOD}|a|an)|help|make|go a long way|solve|do)\b",
    ),
    (
        "it would help",
        r"\b(?:it|that|this|which)(?:'d| would| might| could| will)(?: \w+)? (?:help|make sense|"
        r"pay|be worth)\b",
    ),
    (
        "would help if",
        r"\b(?:help|helps|helped|appreciate|nice|great|good|better|love|like|glad|happy)(?: it)"
        r"? if\b",
    ),
    (
        "would like to see",
        r"\b(?:i|we|i'd|we'd|would|'d)(?: \w+)? (?:like|love|prefer|want|wish|hope|expect|need)"
        r"s? (?:to see|it if|you to|them to|the \w+ to|us to|to have|to be able|\w+ to|that|for|"
        r"an?|some|more)\b",
    ),
    (
        "i would rather",
        r"\b(?:i|we)(?:'d| would) (?:rather|sooner)\b|\bin favou?r of\b",
    ),
    (
        "wish present",
        r"\b(?:i|we) (?:\w+ )?wish (?:there|they|you|we|it|the|that|more|i)"
        r"\b(?!.{0,12}\b(?:had had|had known|had been|had read|knew)\b)|\bif only\b",
    ),
    (
        "hope you will",
        r"\bhope (?:\w+ ){1,3}(?:will|can|would|could|considers?|adds?|fix(?:es)?)\b",
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
        "let me choose",
        r"(?:^|[.;:,!-] )let me (?:choose|decide|pick|use|set|turn|change|edit|delete|add|read|"
        r"sort|hide|open|save|keep|have|buy|pay|download|upload|select|move|copy|share|disable|"
        r"enable|see (?:the|my|who|what))\b",
    ),
    (
        "more x",
        r"^(?:more|better|full|faster|improved|native|easier|proper|separate|real) (?!than\b|"
        r"of a\b|and\b|or\b|in\b)[a-z-]+ (?:[a-z-]+ )?(?:for|to|in|on|of|options?|from|with)"
        r"\b(?!.* (?:is|are|was|were|has|had)\b)",
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
        "maybe we",
        r"\b(?:maybe|perhaps|possibly|ideally|alternatively)\b",
    ),
    (
        "might want to",
        r"\b(?:might|may|could|'ll|will|would do|had|'d) (?:just |also |well )?(?:want to|"
        r"wish to|consider|as well|well to|better|be wise|need to)\b",
    ),
    (
        "ask can you",
        r"^(?:\w+[, ] ?){0,3}(?:can|could|would|will|won't|wouldn't|couldn't|can't) (?:you|"
        r"someone|somebody|anybody|the|they|microsoft|us)\b",
    ),
    (
        "ask can we",
        r"\b(?:could|can|should|shouldn't|couldn't|can't|may|might) (?:we|i|they|it|there)\b",
    ),
    (
        "why not",
        r"\bwhy (?:not|don't|can't|couldn't|doesn't|won't) ?(?:we|you|they|just|the|i)?\b|"
        r"^why not\b",
    ),
    (
        "what if",
        r"\b(?:what|how) (?:if|about)\b",
    ),
    (
        "would it be",
        r"\b(?:would|could|might|wouldn't|isn't|is) it (?:not |also )?(?:be|help|make|possible|"
        r"better|worth)\b|\bany chance\b|\bwould you (?:consider|mind)\b",
    ),
    (
        "consider",
        r"\b(?:consider|considering)\b",
    ),
    (
        "ability to",
        r"^(?:the |an? |more |better )?(?:ability|option|options|support|possibility|way|api|"
        r"choice) (?:to|for|of)\b",
    ),
    (
        "add ability",
        r"\b(?:add|provide|give|have|need|want|like|include|offer)(?: \w+){0,3} (?:the |an? )"
        r"?(?:ability|option|support|possibility|way|api|feature|choice|chance|setting|button)\b",
    ),
    (
        "instead",
        r"\binstead\b|\brather than\b|\bat least\b|\bat minimum\b",
    ),
    (
        "make sure",
        r"(?:^|[,.;:!?(-] ?|\b(?:and|so|but|just|please|also|or|then|to|should|must|could) )"
        r"(?:make sure|be sure|be aware|beware|be prepared|be careful|be warned|do yourself|"
        r"remember (?:to|that)|don't forget|keep in mind|bear in mind|ensure|try to|try and|"
        r"be ready|take care)"
        r"\b",
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
        "dont miss",
        r"\b(?:don't|do not|dont|never) (?:miss|forget|bother|expect|waste|stay|go|book|be|let|"
        r"eat|hesitate|pay|take|use|make|get|park|leave|order|try|rely|trust|buy|drink|"
        r"think about|even)\b",
    ),
    (
        "avoid",
        r"^(?:\w+,? ){0,2}(?:avoid|skip|beware|steer clear|stay away|stay clear|look elsewhere|"
        r"stay elsewhere)\b|, (?:avoid|skip|stay away)\b",
    ),
    (
        "must do",
        r"\b(?:we|you|they|users?|developers?|guests|(?:the|every|each|our|your|their|this|that)"
        rf" \w+(?: \w+)?|[a-z]+s) {SOFT}must\b(?! (?:be|have (?:been|had)|say|admit)\b)",
    ),
    (
        "x would help",
        r"^(?!(?:it|that|this|which|he|she|i|we|you|they|what|how|why)\b).{3,70} would (?:\w+ )"
        r"?(?:help|make|go a long|solve|suffice|fix|improve|save|turn|bring)\b",
    ),
    (
        "answer is to",
        r"\b(?:answer|solution|way|ways|forward|step|thing|fix|option|idea|remedy|key|approach|"
        r"request|plan|proposal|priority|goal)(?: \w+){0,4} (?:is|would be|should be|might be|"
        r"could be) (?:to|that we|for|just|simply)\b",
    ),
    (
        "i say we",
        r"\b(?:i'd say|i say|i vote|i'd vote|i'd go|i would go)\b (?:we|for|with|that we|let's|"
        r"don't|go)\b|\b(?:we|we'll|we'd|let's|i'd|so) go (?:for|with)\b|^\+1 for\b|"
        r"\bvote for\b|\bi(?:'d| would) (?:say|think) (?:don't|let's|we)\b",
    ),
    (
        "makes sense",
        r"\bmakes? (?:\w+ )?sense (?:to|for|if)\b|\bwould make (?:\w+ )?sense\b",
    ),
    (
        "we ask",
        r"\b(?:we|i)(?:'re| are|'m| am|'d| would| must| also)? (?:asking|ask|calling|urging|"
        r"request|requesting|demand|demanding|begging)(?: \w+){0,3} (?:to|that|for)\b|"
        r"\b(?:would like|'d like) to (?:request|suggest|propose|recommend)\b",
    ),
    (
        "i would do",
        r"\b(?:i|we)(?:'d| would)(?: not|n't| never)? (?:\w+ly |just |only )?(?:avoid|skip|"
        r"ask for|ask (?:the|that|them|everyone|people)|book|bring|choose|go for|go with|take|"
        r"try|pick|use|start with|put|keep|add|pay|bother|stay (?:away|clear|only|somewhere|"
        r"elsewhere|here only)|request|opt)\b",
    ),
    (
        "nice to have had",
        r"\b(?:would|could) have been (?:\w+ )?(?:nice|good|great|better|helpful|useful)(?:er)"
        r"? (?:to|if|had)\b|\bwould have (?:liked|loved|preferred|appreciated) (?:to|a|an|some|"
        r"more|it)\b",
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
        "will you",
        r"^(?:\w+,? )?will (?:the|you|she|he|they|this) (?:\w+ ){0,2}(?:commit|agree|consider|"
        r"support|look|review|ensure|provide|take|do|fund|extend)\b",
    ),
    (
        "shouldnt we",
        r"\b(?:i don't think (?:we|they|you) should|(?:we|they|you|it|there) (?:shouldn't|"
        r"should not|must not|mustn't|needn't))\b",
    ),
)
"""A sentence that has none of these, and no command, proposes nothing."""
