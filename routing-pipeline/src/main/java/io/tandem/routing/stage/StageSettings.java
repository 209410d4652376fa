package io.tandem.routing.stage;

/**
 * What an operator sets for all calls of the box.
 *
 * @param deletedNumberStatus what answers a call to a deleted number: 404 or 410 (D2).
 * @param dropUnknownSource whether calls from unknown addresses get no answer at all instead of 403 (D2).
 */
public record StageSettings(int deletedNumberStatus, boolean dropUnknownSource) {
    /** 404, and an answer for everybody. */
    public static final StageSettings DEFAULT = new StageSettings(404, false);

    /** Refuses other values. */
    public StageSettings {
        if (deletedNumberStatus != 404 && deletedNumberStatus != 410) {
            throw new IllegalArgumentException(
                    "setting refused: deleted_number_status=" + deletedNumberStatus + " allowed=404,410");
        }
    }
}
