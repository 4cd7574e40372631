"""What people ask for, wish and offer. Start at `ASKING`.

Written by hand; `proposal_forms` puts them together with the other ways to propose.
"""

from analysis.proposal_modals import GOOD

ASKING: tuple[tuple[str, str], ...] = (
    (
        "let's",
        r"\b(?:let's|lets|let us)\b(?! (?:see|say|me|face|take a break|get started|move on|hope|"
        r"just say|suppose|assume|be honest|you|us|people|users|know)\b)",
    ),
    (
        "shall we",
        r"\bshall we\b",
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
        rf"?{GOOD}\b",
    ),
    (
        "would be good if",
        r"\b(?:would|'d|might|could|may)(?: \w+)? (?:be|make)\b.{0,30}\b(?:if|to|when|that)\b",
    ),
    (
        "would be nice start",
        rf"^(?:would|will|might|could) (?:\w+ )?be (?:\w+ )?{GOOD}\b",
    ),
    (
        "x would be good",
        rf"^(?!(?:it|that|this|which|he|she)\b).{{3,60}} would (?:\w+ )?(?:be (?:\w+ )"
        rf"?(?:{GOOD}|a|an)|help|make|go a long way|solve|do)\b",
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
        "maybe we",
        r"\b(?:maybe|perhaps|possibly|ideally|alternatively)\b",
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
        "x would help",
        r"^(?!(?:it|that|this|which|he|she|i|we|you|they|what|how|why)\b).{3,70} would (?:\w+ )"
        r"?(?:help|make|go a long|solve|suffice|fix|improve|save|turn|bring)\b",
    ),
    (
        "i say we",
        r"\b(?:i'd say|i say|i vote|i'd vote|i'd go|i would go)\b (?:we|for|with|that we|let's|"
        r"don't|go)\b|\b(?:we|we'll|we'd|let's|i'd|so) go (?:for|with)\b|^\+1 for\b|"
        r"\bvote for\b|\bi(?:'d| would) (?:say|think) (?:don't|let's|we)\b",
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
        "will you",
        r"^(?:\w+,? )?will (?:the|you|she|he|they|this) (?:\w+ ){0,2}(?:commit|agree|consider|"
        r"support|look|review|ensure|provide|take|do|fund|extend)\b",
    ),
    (
        "thinking we",
        r"\bthinking (?:of |about |that |like )?(?:maybe |perhaps |um |uh )*(?:we|you|they|if)\b",
    ),
    (
        "want them to",
        r"\b(?:want|like|love|prefer|need|wanted)s? (?:for )?(?:you|them|us|people|him|her|"
        r"every\w*|some\w+|the|our|each|all|any\w+|this|that|families|guests|users)(?: \w+){0,3} "
        r"to\b",
    ),
    (
        "wish first",
        r"^wish (?:they|you|there|it|the|that|someone|somebody|more|this|i could|we could)\b|"
        r"\bwish \w+ would\b|\b(?:one|my|our) (?:only )?(?:wish|want|ask)\b",
    ),
    (
        "i hope you",
        r"\bhope(?:fully)?,? (?:that )?(?:you|they|the \w+|someone|microsoft|he|she)(?: guys)?"
        r"(?:'ll| will| can| could| would| get| do)\b",
    ),
    (
        "for it",
        r"\bi(?:'d| would) be (?:for|in favou?r)\b|\bi(?:'m| am) (?:all )?for \w+ing\b|"
        r"\bcount me in\b|\bmy (?:preference|vote|instinct|inclination)\b",
    ),
    (
        "note to",
        r"^(?:\w+ ){0,2}(?:note|memo|message|word|words|advice|hint|tip|tips|warning|caution) "
        r"(?:to|for|of)\b|^(?:pro ?tip|hint|tip|warning|ps|p\.s\.|fyi|idea|suggestion)\b",
    ),
    (
        "and you will",
        r"\band (?:you(?:'ll| will| won't)|i(?:'d| would| will) be (?:happy|glad)|"
        r"see (?:what|how|if)|save)\b|\byou won't (?:regret|be disappointed|be sorry)\b|"
        r"\bthank me\b",
    ),
    (
        "would let",
        r"^(?!(?:it|that|this|which|he|she|i|we|you|they|what|how|why|so)\b).{3,80} would "
        r"(?:\w+ )?(?:let|allow|enable|speed|keep|make|have prevented|give|be)\b",
    ),
    (
        "then command",
        r"^(?:if|when|once|before|after|for|from|in|on|at|to|while|unless|since|as)\b.{4,70} "
        r"(?<!you )(?<!they )(?<!we )(?<!i )(?<!to )(?<!will )(?<!can )(?<!would )(?<!the )"
        r"(?<!a )(?<!'ll )(?<!could )(?<!should )(?<!not )(?<!and )(?<!or )(?<!people )"
        r"(?:use|go|take|ask|bring|book|get|avoid|try|make sure|be sure|be prepared|be aware|"
        r"don't|dont|do not|choose|pick|stay|head|walk|skip|consider|look|check|expect|remember|"
        r"call|stick|request|reserve|order|opt|let|give|put|add|show|provide|allow) "
        r"(?:a|an|the|for|to|it|them|one|some|your|in|on|at|out|up|with|your|somewhere|this|"
        r"that|of|bother|\w+)\b",
    ),
    (
        "maybe with",
        r"^(?:or |and |so |um |uh |well |okay |then |also )*(?:maybe|perhaps) (?!it|that|i|he|she|"
        r"they're|because|not\b).+",
    ),
    (
        "shared wish",
        r"\bwhat (?:i|we|you)(?:'d| would) (?:\w+ )?(?:like|love|want|propose|suggest|do|say)\b|"
        r"\bone (?:thing|wish|improvement|option|idea|way|suggestion|request)\b",
    ),
    (
        "so we",
        r"^(?:so |okay |and |yeah |right |well |then |yes |alright )+(?:we|you)(?:'ll| will)? "
        r"(?:go|leave|do|take|keep|put|make|drop|use|have|stick|start|just|could|can|need)\b",
    ),
    (
        "yes or no",
        r", (?:agreed|okay|ok|yeah|right|deal|shall we|could we|could you|can we|simple as that|"
        r"period|please)[?.!]*$",
    ),
    (
        "better title",
        r"^(?:better|multiple|separate|automatic|custom|customi[sz]able|native|full|single|"
        r"two-way|scheduled|improved|improve|faster|dark|offline|support|true|proper|undo|global|"
        r"optional|built-in|simple|easier|easy) "
        r"(?!.*\b(?:is|are|was|were|has|had|have|does|doesn't|isn't|broken|wrong|missing)\b)",
    ),
    (
        "can we have",
        r"\b(?:can|could|may|couldn't|can't) (?:we|i|you guys|you|they|somebody|someone) "
        r"(?:please |maybe |just |also |at least )*(?:have|get|add|put|make|bring|include|fix|"
        r"change|consider|support|implement|allow|try|use|start|do|look into|let|send|keep|move)\b",
    ),
)
