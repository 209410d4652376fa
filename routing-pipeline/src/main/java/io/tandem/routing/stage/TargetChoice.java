package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.schedule.HoursVerdict;

/**
 * Which of a number's targets counts: that for the hours, the normal one, or the account's default. What is missing gives way
 * to the next, so that no call is stranded on a mistake in the configuration (N-066). Reused; core's thread.
 */
final class TargetChoice {
    private TargetKind kind = TargetKind.NONE;
    private long idHigh;
    private long idLow;
    private HoursVerdict.Choice hours = HoursVerdict.Choice.NORMAL;
    private boolean standard;

    /** The number's normal target. */
    void normal(final NumberRow number) {
        set(TargetKind.ofCode(number.destKind), number.destHigh, number.destLow);
        hours = HoursVerdict.Choice.NORMAL;
        standard = false;
    }

    /** The number's target for closed hours, which it has. */
    void closed(final NumberRow number) {
        set(TargetKind.ofCode(number.closedKind), number.closedHigh, number.closedLow);
        hours = HoursVerdict.Choice.CLOSED;
    }

    /** The number's target for holidays, which it has. */
    void holiday(final NumberRow number) {
        set(TargetKind.ofCode(number.holidayKind), number.holidayHigh, number.holidayLow);
        hours = HoursVerdict.Choice.HOLIDAY;
    }

    /** Looks the target up, and the next one if it is missing. */
    Rule settle(final TargetStage targets, final NumberRow number, final AccountPlan account) {
        Rule found = Rule.TARGET_TRUNK;
        if (hours != HoursVerdict.Choice.NORMAL && !exists(targets)) {
            normal(number);
            found = Rule.OVERRIDE_DANGLING;
        }
        if (!exists(targets)) {
            final Rule why = kind == TargetKind.NONE ? Rule.ACCOUNT_DEFAULT : Rule.TARGET_DANGLING;
            if (account == null) {
                return Rule.TARGET_MISSING;
            }
            set(account.defaultKind(), account.defaultHigh(), account.defaultLow());
            standard = true;
            if (!exists(targets)) {
                return Rule.TARGET_MISSING;
            }
            found = found == Rule.OVERRIDE_DANGLING ? found : why;
        }
        return found;
    }

    TargetKind kind() {
        return kind;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    /** Which of the number's targets it is, unless it is the account's default. */
    HoursVerdict.Choice hours() {
        return hours;
    }

    /** Whether it is the account's default. */
    boolean isStandard() {
        return standard;
    }

    /** The code of a hangup, 0 for the usual one. */
    int sipCode() {
        return (int) idLow;
    }

    private boolean exists(final TargetStage targets) {
        return switch (kind) {
            case NONE -> false;
            case HANGUP -> true;
            default -> targets.exists(kind, idHigh, idLow);
        };
    }

    private void set(final TargetKind newKind, final long high, final long low) {
        kind = newKind;
        idHigh = high;
        idLow = low;
    }
}
