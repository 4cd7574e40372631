"""English words by what they do in a sentence, for finding commands and frames. See `VERBS`.

Written by hand; see docs/proposals.md.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERBS = _words(
    """
    accept accommodate acknowledge add adjust adopt advise agree aim allocate allot allow apply
    appoint approve arm arrange arrive ask assess assign attach attend attract avoid back
    balance ban bear become begin believe beware block boil book borrow bring broaden budget
    build bump bundle buy cache call cancel care carry catch cater centralise centralize change
    charge check choose clarify clean clear click close collect combine come comment commit
    communicate compare compensate confirm connect consider consult contact continue convert
    cook cooperate coordinate copy cover create cross cut deal decide decrease define delay
    delete deliver demand deploy describe design detect develop disable discuss display
    distribute divide document double download draft drag draw dress drink drive drop eat
    educate eliminate email employ empower emulate enable encourage enforce engage enjoy ensure
    enter establish evaluate examine exchange exclude expand expect expedite explain explore
    export expose extend fill finalise finalize find finish fire fix focus follow forbid force
    forget formalise formalize forward freeze fund gather get give go grab grant group grow
    guarantee handle have head help hire hold hook host identify ignore implement import improve
    include incorporate increase inform insert insist inspect install insulate integrate
    introduce invest investigate invite join keep label launch lead learn leave lend let level
    leverage lift limit link list listen look loosen lower maintain make mandate mark measure
    meet merge mind minimise minimize modify monitor mount move negotiate note notify offer open
    order organise organize pack paint pair park pay permit pick pin place plan plant pool pop
    port post postpone prepare present press prevent print prioritise prioritize promote propose
    protect provide publicise publicize publish pull purchase push put query raise rate reach
    read rearrange rebuild recognise recognize recommend reconsider record recruit recycle
    redesign redirect redistribute redo reduce refer reform refund refuse register reject
    release relocate remember remind remove rename render renovate rent reopen repair repeat
    replace replicate reply report request require research reserve resolve respect respond
    restart restore restrict rethink return reuse review revise reward rework rewrite ride roll
    rotate run save say scale schedule scrap screen search see seek select sell send separate
    serve set share shift ship shop shorten show sign simplify sit skip sleep solve sort speak
    specify spell spend split sponsor spread standardise standardize start stay steer stick stop
    store streamline strengthen study submit subsidise subsidize suggest supply support swap
    switch sync tag take talk target taste teach tear tell test think throw tighten tip track
    trade train transfer translate travel treat trim trust try turn tweak undo unify unlock
    update upgrade upload use utilize value venture verify visit vote wait walk warn wash watch
    wear widen withdraw work write
    """
)
"""Verbs that begin a command where they stand bare."""

NOUNS_TOO = _words(
    """
    access back balance bear block book borrow budget call care catch change charge check clean
    clear close comment contact copy cover cross cut deal delay demand design display document
    double download draft draw dress drink drive drop email exchange export fire focus force
    fund group guarantee head help hold host import increase label lead level lift like limit
    link list live look lower mark measure might mind move need note offer open order paint park
    pay pick pin place plan plant pool port post present press print project query rate reach
    record release repair reply report request research reserve rest return review ride run
    sample scale screen search separate service set share shift ship shop show sign sort spread
    stand start stay stick stop store study supply support switch tag talk target taste test tip
    track trade train transfer travel treat trust try turn update upgrade use value view visit
    vote wait walk watch welcome work
    """
)
"""Of these, the ones that are as often a noun: what follows decides."""

NOT_COMMANDS = _words(
    """
    believe guess hate hope like live love mean need say see suppose thank thanks think want
    wish
    """
)
"""Bare at the beginning, these leave out an "I" ("Hope it helps")."""

AFTER_A_VERB = _words(
    """
    a about across after again ahead all along an and another any anything around as at away
    before better between both by directly down each early enough every everybody everyone
    everything fewer first for from her here him his how if in instead into it its just late
    least less lots me more my near no not nothing now of off on one only or our out over people
    plenty some somebody someone something sure that the their them there these this those three
    through to two under up us well what when where whether which who with you your yourself
    yourselves
    """
)
"""What begins an object or a place: behind a bare verb, it speaks for a command."""

AFTER_A_NOUN = _words(
    """
    am are aren't can cost costs could did does had has is isn't may might must should takes
    took was wasn't were weren't will would
    """
)
"""Soon behind a noun, these speak against a command ("Walk to the beach is long")."""

OPENERS = _words(
    """
    absolutely advice again alright also always and anyway at-least best better btw but
    certainly definitely do don't dont either even finally first firstly folks guys hence hey
    hint honestly however idea if-possible instead just kindly ladies maybe never next no note
    now oh ok okay only or otherwise perhaps personally please pls plus proposal rather really
    right second secondly seriously simply so still suggestion then there therefore thus
    tip tips too travelers travellers uh um well while-there yeah yes
    """
)
"""What may stand before a command without being part of it."""

SUBORDINATE = _words(
    """
    after although as at because before for from given if in instead on once rather since though
    to unless until when whenever where while with
    """
)
"""What begins a clause after which a command may come ("If you go, ask …")."""

OBJECTS = _words(
    """
    a all an another any both each every everyone everything her him it its less more my our some
    something that the their them these this those us your yourself
    """
)
"""What begins an object: a word before it that is no noun's beginning is likely a verb."""

NO_BARE_ENDINGS = ("ing", "ed", "ly", "s", "ness", "tion", "ity", "er", "est", "ful", "ous", "'t")
"""A word with one of these is no bare verb."""

KEPT = _words(
    """
    a ability able about add advice after again ago all allow allowed already also although
    always am an and another any anybody anyone are aren't as ask asked at avoid aware back be
    because been before being believe best better between both bring but by can can't cannot
    careful come consider could could've couldn't currently definitely developers did didn't do
    does doesn't doing don't done dont each enable even ever every everybody everyone feature
    few first fix for forget from get gets give go going good got great guests had hadn't has
    hasn't have haven't having he helpful her here highly him his hope how i i'd i'll i'm i've
    idea if important improve in include instead into is isn't it it'd it's its just keep know
    last least less let let's lets like love made make makes many may maybe me might mine more
    most much must my n't need needed needs never next nice no nobody nor not now of offer ok
    okay on one only option or other ought our over people perhaps please possible prefer
    probably proposal propose provide quite rather really recommend recommended remember remove
    request said same say shall she should should've shouldn't since skip so some somebody
    someone stay stop strongly such suggest suggested suggestion support sure tell than thank
    thanks that that's the their them then there there's these they they'd they'll they're think
    this those though time tip to told too try under unless until us use useful user users very
    want wanted wants was wasn't way we we'd we'll we're we've were weren't what what's when
    where whether which while who whoever whom why will wish with without won't worth would
    would've wouldn't yeah year yes yesterday you you'd you'll you're you've your
    """
)
"""Words that a frame keeps: they carry how a sentence is built, not what it is about."""
