"""Sentences on which the rules were tuned; their misses may be read. Start at `TUNED_ON`."""

TUNED_ON = """
My name is {name} and I live in {city} with my husband.
My husband {first} was diagnosed two years ago.
I was talking to {first} about the breathing machine yesterday.
Thank you, {first}, that was very clear.
We saw {name} at the clinic and she explained the tube.
Dr. {last} said we should wait another three months.
Doctor {name} never called us back.
I agree with {roster_first} about the insurance letters.
{roster_full} asked the same thing last spring.
As Ms. {roster_last} said, the nights are the problem.
That is {roster_first}'s idea, not mine.
I drove from {city} to {city} for one appointment.
There is no clinic in {city}, so we go to {city}.
I grew up near {city} and my mother still lives there.
We were referred to {hospital} after the second fall.
At {hospital} they do everything in one day.
He worked at {company} for twenty years before this.
{company} was good about the leave, I have to say.
My son works for {company} and they let him go early.
Send it to {email} please.
My email is {email} and I read it every night.
Call me at {phone} if you find one.
My number is {phone} and my wife can answer too.
His social security number is {ssn} and they read it out loud.
My Medicare number is {mbi} if you need it.
The medical record number was {mrn} on every page.
My member id with the plan is {plan}, and they still lost it.
They charged account number {account} twice.
My nursing license number is {licence} and I can sign the form.
You can read about it at {url} if you want.
The log shows the address {ip} opened her file.
The license plate is {vehicle} and it has a ramp.
Serial number {device} is printed on the back of the machine.
I was diagnosed on {date} and nothing was the same.
My feeding tube was placed on {date} at {hospital}.
The symptoms started on {date} after a hike.
We have an appointment on {date} with {name}.
My mother is {age} and she still lives alone.
My grandfather turned {age} and takes care of himself.
Our address is {street} if you want to bring it over.
I live at {street} in {city}.
Our zip code is {zip} and no vendor comes out here.
I am in trial {trial} and I travel every month.
We asked about {trial} but the site was closed.
Good morning everyone, this is {name} from {city}.
I am {first}, I care for my wife {first}.
My daughter {first} is nine and she does the remote.
{first} and I have been married for thirty years.
Our speech therapist {name} found the right switch.
I want to answer what {first} said about the bed.
{name} told me that the loan closet was empty.
My brother {first} died of the same disease in {city}.
The nurse, {first}, came on Tuesday and fixed the mask.
Can {first} see the slides or should I read them?
Both {name} and {name} tried to get the lift approved.
She is at {hospital} in {city} this week.
You could ask {name} at {company}, he knows the rules.
My old boss at {company} is on the board now.
Write to {name}, {email}, or call {phone}.
I got a letter from {company} saying the claim was denied.
{first} will bring the chair on {date} to {street}.
"""

PLAIN = """
I think the insurance appeal took longer than the disease allowed.
We will hope for a better answer in the fall.
The mask leaks at night and nobody tells you how to fit it.
May I say one more thing about the equipment?
It was a matter of will and a bit of art.
They bill you first and ask questions later.
The Trilogy machine alarms all night and the BiPAP is louder.
Riluzole and edaravone are both hard to get covered.
Someone should mark the date when the appeal is due.
You need a grant or a gift to get a ramp.
The Hoyer lift does not fit through the bathroom door.
My Tobii stopped working after the update.
Medicare does not cover home aides, and that is the whole problem.
The VA paid for the van and the ramp.
We had no frank talk about the feeding tube until it was late.
I would like to see one phone number that anyone can call.
She types with her eyes, so please give her time.
People living with ALS should not have to fight for a wheelchair.
The neurologist said it would be slow, and it was not.
I lost my voice in the winter and banked it just in time.
Could we please stop calling it a journey?
The caregiver is the one who does not sleep.
There were five of us in the room and two forms.
Genetic testing was offered, but nobody explained what it means.
I used to hunt and fish and now I drive the chair.
The home health agency has no one who knows a cough assist.
We waited six months for the wheelchair and he died in week twenty.
Prior authorization should take one day, not ninety.
I am grateful, but I am also angry.
Let us vote on the recommendation about respite care.
"""
