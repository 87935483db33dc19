// Tells the tab that asked for a proof that it was given. It says nothing else: the server decides by the session.
import { announceStepUp } from '../shared/step-up-channel.ts';

announceStepUp();
