package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.check.Expectation;
import io.tandem.perf.simulation.network.Profile;
import io.tandem.perf.simulation.network.VirtualTime;
import io.tandem.perf.simulation.peer.Script.Action;
import io.tandem.perf.simulation.peer.Script.CalleeFault;
import io.tandem.perf.simulation.peer.Script.CalleePlan;
import io.tandem.perf.simulation.peer.Script.CallerFault;
import io.tandem.perf.simulation.peer.Script.CancelWhen;
import io.tandem.perf.simulation.peer.Script.Ring;
import io.tandem.perf.simulation.peer.Script.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Draws what happens in each call. Everything a caller or callee may do is in here, with how often. */
final class ScriptWriter {
    private static final int[] REFUSALS = {
        400, 403, 404, 406, 408, 410, 415, 420, 480, 484, 486, 487, 488, 500, 501, 502, 503, 504, 600, 603, 604, 606,
        401, 407
    };
    private static final Action[] TALK = {
        Action.REINVITE,
        Action.REINVITE,
        Action.REINVITE_WITHOUT_OFFER,
        Action.UPDATE,
        Action.INFO,
        Action.INFO,
        Action.OPTIONS,
        Action.STALE_REQUEST
    };

    private static final List<CallerFault> CALLER_FAULTS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(CallerFault.NONE)));
    private static final List<CalleeFault> CALLEE_FAULTS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(CalleeFault.NONE)));

    private final Profile profile;
    private final SplittableRandom random;

    ScriptWriter(final Profile profile, final SplittableRandom random) {
        this.profile = profile;
        this.random = random;
    }

    /** The number that the next call is for. */
    String calledNumber() {
        final int drawn = random.nextInt(100);
        if (drawn < 55) {
            return Numbers.PLAIN.get(random.nextInt(Numbers.PLAIN.size()));
        }
        return drawn < 67
                ? Numbers.BY_STREAM
                : drawn < 80
                        ? Numbers.CEILING_THREE
                        : drawn < 90
                                ? Numbers.CEILING_ONE
                                : drawn < 93
                                        ? Numbers.UNREACHABLE
                                        : drawn < 95
                                                ? Numbers.HANG_UP
                                                : drawn < 97 ? Numbers.DISABLED : Numbers.UNKNOWN;
    }

    Script write() {
        final boolean reliable = chance(0.3);
        final boolean requireReliable = reliable && chance(0.2);
        final CallerFault callerFault = chance(profile.misbehaviour() / 2)
                ? CALLER_FAULTS.get(random.nextInt(CALLER_FAULTS.size()))
                : CallerFault.NONE;
        final List<Step> callerSteps = steps(true);
        // When both sides fall silent nothing but a time limit ends the call, and there may be none.
        final boolean callerDies = callerSteps.get(callerSteps.size() - 1).action() == Action.DIE;
        final CalleePlan plan = plan(true, !callerDies);
        final CancelWhen cancelWhen = cancelWhen();
        final long cancelAfter =
                switch (cancelWhen) {
                    case NEVER -> 0;
                    case INVITED, INVITED_RASHLY -> millis(0, chance(0.5) ? 50 : 4_000);
                    case ALERTED -> crossing(plan);
                };
        final int maxForwards = chance(0.01) ? 0 : chance(0.02) ? 1 : 70;
        final Script script = new Script(
                label(plan, cancelWhen),
                chance(profile.streamShare()),
                chance(0.12),
                reliable,
                requireReliable,
                maxForwards,
                cancelWhen,
                cancelAfter,
                callerFault,
                callerSteps,
                List.of(plan, plan(false, !callerDies)));
        return script;
    }

    private CancelWhen cancelWhen() {
        final int drawn = random.nextInt(100);
        if (drawn < 75) {
            return CancelWhen.NEVER;
        }
        if (drawn < 84) {
            return chance(profile.misbehaviour()) ? CancelWhen.INVITED_RASHLY : CancelWhen.INVITED;
        }
        return CancelWhen.ALERTED;
    }

    /** A moment close to when the callee answers, so that CANCEL and 200 cross, or any other. */
    private long crossing(final CalleePlan plan) {
        long ringing = 0;
        for (int i = 1; i < plan.rings().size(); i++) {
            ringing += plan.rings().get(i).afterNs();
        }
        final long answer = ringing + Math.max(0, plan.finalAfterNs());
        return chance(0.6)
                ? Math.max(0, answer - millis(0, 30) + random.nextLong(profile.delayMaxNs() + 1))
                : millis(0, 20_000);
    }

    private CalleePlan plan(final boolean mayRedirect, final boolean mayDie) {
        final int forks = chance(0.15) ? 2 + random.nextInt(2) : 1;
        final List<Ring> rings = new ArrayList<>();
        final int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            final int status = chance(0.5) ? 180 : chance(0.7) ? 183 : chance(0.5) ? 181 : 182;
            rings.add(new Ring(millis(0, 1_500), random.nextInt(forks), status, chance(0.5), chance(0.5)));
        }
        final int drawn = random.nextInt(100);
        final int status =
                drawn < 80 ? 200 : drawn < 95 || !mayRedirect ? REFUSALS[random.nextInt(REFUSALS.length)] : 302;
        final CalleeFault fault = chance(profile.misbehaviour() / 2)
                ? CALLEE_FAULTS.get(random.nextInt(CALLEE_FAULTS.size()))
                : CalleeFault.NONE;
        final long answerAfter = chance(0.06) ? millis(60_000, 120_000) : millis(0, 6_000);
        return new CalleePlan(
                chance(0.7),
                List.copyOf(rings),
                answerAfter,
                status,
                random.nextInt(forks),
                forks > 1 && status == 200 && chance(0.3) ? forks : -1,
                Numbers.PLAIN.get(random.nextInt(Numbers.PLAIN.size())),
                fault,
                steps(mayDie));
    }

    /** What one side does while the call is up; the last is always that it hangs up or dies. */
    private List<Step> steps(final boolean mayDie) {
        final List<Step> steps = new ArrayList<>();
        final long length = chance(0.1) ? millis(0, 100) : millis(200, 30_000);
        final int talk = chance(0.4) ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < talk; i++) {
            // A round second now and then makes both sides act at once.
            final long at = chance(0.4) ? VirtualTime.SECOND * (1 + random.nextInt(3)) : random.nextLong(length + 1);
            steps.add(new Step(at, TALK[random.nextInt(TALK.length)]));
        }
        final boolean dies = mayDie && chance(profile.misbehaviour() / 10);
        final boolean bothAtOnce = chance(0.1);
        steps.add(new Step(bothAtOnce ? 5 * VirtualTime.SECOND : length, dies ? Action.DIE : Action.HANG_UP));
        return List.copyOf(steps);
    }

    /** What the caller may hear when nothing gets lost and nobody dies. */
    static Expectation expectation(final Script script, final String number, final boolean exact) {
        if (script.maxForwards() == 0) {
            return Expectation.of(483);
        }
        return switch (number) {
            case Numbers.UNKNOWN, Numbers.DISABLED -> Expectation.of(404);
            case Numbers.HANG_UP -> Expectation.of(603);
            case Numbers.UNREACHABLE -> Expectation.of(408, 480, 500, 503, 504);
            default -> routed(script, exact);
        };
    }

    private static Expectation routed(final Script script, final boolean exact) {
        final CalleePlan plan = script.callees().get(0);
        if (plan.status() == 302) {
            return Expectation.ANYTHING;
        }
        final Set<Integer> finals = new TreeSet<>(expectedOf(plan));
        if (!exact || script.reliable()) {
            finals.addAll(Set.of(408, 480, 500, 504));
        }
        return new Expectation(finals);
    }

    private static Set<Integer> expectedOf(final CalleePlan plan) {
        if (plan.fault() == CalleeFault.SILENT || plan.fault() == CalleeFault.ONLY_TRYING) {
            return Set.of(408, 480, 500, 504);
        }
        return switch (plan.status()) {
            case 200 -> Set.of(200, 408, 480);
            case 401, 407, 503 -> Set.of(500, 480);
            default -> Set.of(plan.status());
        };
    }

    private static String label(final CalleePlan plan, final CancelWhen cancelWhen) {
        return plan.status() + " after " + plan.rings().size() + " provisionals"
                + (cancelWhen == CancelWhen.NEVER ? "" : ", cancelled when " + cancelWhen)
                + (plan.fault() == CalleeFault.NONE ? "" : ", callee " + plan.fault());
    }

    private boolean chance(final double probability) {
        return random.nextDouble() < probability;
    }

    private long millis(final long least, final long most) {
        return (least + random.nextLong(most - least + 1)) * VirtualTime.MILLISECOND
                + random.nextLong(VirtualTime.MILLISECOND);
    }
}
