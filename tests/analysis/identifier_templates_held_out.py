"""Sentences whose misses nobody may read while rules are written. Start at `HELD_OUT`.

They were written before any rule was, and are only ever counted. To improve a rule, look at
`identifier_templates.py`; whoever reads the misses of these has to write new ones.
"""

HELD_OUT = """
So when {name} called the office, nobody knew which form we needed.
I took over the night shifts after {first} went back to work in {city}.
Honestly, without {first} and {first} from the church we would have given up.
The respiratory therapist, {name}, drove out twice in the snow.
Doctor {last} told us in the hallway, not even sitting down.
Dr. {name} at {hospital} was the first one to say the word.
We moved from {city} to {city} just to be closer to a clinic.
There is nobody between here and {city} who repairs these chairs.
She spent nine weeks at {hospital} before anyone ordered the feeding tube.
They sent us over to {hospital} because the other place was full.
My wife used to work for {company} until her hands gave out.
{company} told him he could not work from home, full stop.
I retired from {company} the week after the diagnosis.
Just write to {email} and I will send you the checklist.
Her address is {email} if anyone wants the recording.
You can reach me on {phone} after the aide leaves.
The hotline is {phone}, but you wait forty minutes.
Call my sister, {first}, at {phone}, she handles the insurance.
They asked for his social again, {ssn}, over an open line.
The card says {mbi} and the pharmacy still typed it wrong.
It was chart number {mrn}, and they pulled up somebody else.
Our policy number {plan} was cancelled by mistake.
The bill came from account {account} that we closed long ago.
His licence, number {licence}, ran out while he was in rehab.
We put the whole story on {url} for other families.
Somebody logged in from {ip} and read her portal messages.
The van is a lift van, plate {vehicle}, in case you see it.
The ventilator with serial number {device} was recalled and nobody rang.
He fell on {date} and that is how all of this began.
Since {date} she cannot lift the cup any more.
First twitch was {date}, the answer came on {date}.
My father in law is {age} and still does the transfers.
At {age} years old my grandmother learned the eye gaze board.
We live at {street} and the ramp ends on the road.
They delivered the lift to {street} in {city}, which is not us.
The zip is {zip}, so the program says we are not rural.
I was in {trial} until I could not travel any more.
The trial, {trial}, closed its site at {hospital}.
I want to thank {roster_full} for putting words to that.
What {roster_first} said about the nights, that is our house exactly.
Can I add to what {roster_first} just said?
As {roster_full} and I wrote in the letter, the rule is old.
Doctor {roster_last}, you showed us the other mask.
{roster_first}'s point about the van is the whole thing.
It was {name} from {company} who fixed the speech device.
{name} is our social worker and she covers three counties.
I am {name}, I care for my brother.
Hi, this is {name} calling in from {city}.
My neighbour {first} {last} built the ramp with his sons.
Miss {last} at the school let our daughter leave early.
Our boy {first} has learned to suction at eleven.
They named the fund after {name}, who died in the spring.
The cousin in {city}, {first}, tested positive as well.
Before that, {first} was a mail carrier for {company}.
Ask for {first} at the front desk of {hospital}.
There was a nurse called {first} and she just held my hand.
I said to {first}, we are not doing that again.
{first} asked whether the machine could be quieter.
It took {first} four months to get the cough machine.
Then {name} said no and {name} said yes, same company.
We got the chair in {city} because the dealer there still answers the phone.
The support group in {city} meets by video now.
Between the mayor and {name}, somebody has to fix the kerb.
My email changed, it is {email} now, and the cell is {phone}.
The referral went to {name} on {date} and sat there.
Her mother flew in from {city} on {date} and stayed till the end.
"""

PLAIN_HELD_OUT = """
I hope the next letter will be shorter than this one.
May I say something about the equipment closet?
The art of it is to turn him without waking him.
We were told to wait, and waiting is the one thing we cannot do.
Nobody should have to mark a box that says family will provide.
It is the nights, it is always the nights.
In my case the mask was fine but the straps hurt behind the ears.
You learn to bill the right code or you get nothing.
The device froze, and I was stuck on the word water.
My wife laughs with her eyes, people miss that.
If the loan closet had two of these we would never be stuck.
The frank answer is that we do not have the staff.
I would rather have a grant than another pamphlet.
The rose bushes went first, then the driving.
Our clinic runs once a month and the list is full.
Riluzole upsets her stomach, edaravone means a port.
We stopped the infusion because the drive took the whole day.
A chance to speak before I cannot, that is what the bank gave me.
It is a long lane and the wheels sink in.
When the power went out the battery lasted four hours.
The speech device is my voice, please wait for it.
Let me finish typing and then go on.
My lung capacity dropped and everyone looked at the floor.
Insurance said experimental, the appeal said it again.
I do not want to be brave, I want a bed that turns.
The head of the bed has to be up or he chokes.
Could somebody write down what we just decided?
We need one person to call, one, for all of it.
The caregivers are tired and they say so quietly.
Medicare pays for the chair but not for the lift in the van.
"""
