package io.tandem.routing.model;

/**
 * What a key does that a waiting caller presses.
 *
 * @param digit one of {@code 0} to {@code 9}, {@code *} and {@code #}.
 * @param target where {@code route} leads, or {@link RouteTarget#NONE}.
 * @param webhookUrl where {@code webhook} and {@code deflect} report to, or empty.
 * @param stayInQueue whether the caller keeps his place after a webhook; with {@code deflect} he always does.
 */
public record QueueOption(
        String digit,
        QueueOptionAction action,
        RouteTarget target,
        String webhookUrl,
        String webhookSecretRef,
        boolean stayInQueue,
        ResourceId promptMediaId,
        String label) {

    static QueueOption read(final Fields fields, final ResourceId account) {
        final String digit = fields.required("digit");
        final QueueOptionAction action = fields.requiredChoice("action", QueueOptionAction.class);
        final QueueOption option = new QueueOption(
                digit,
                action,
                RouteTarget.readStem(fields, "dest", account),
                fields.text("webhook_url", ""),
                fields.secretReference("webhook_secret_ref"),
                fields.flag("stay_in_queue", action == QueueOptionAction.DEFLECT),
                fields.reference("prompt_media_id", ResourceKind.MEDIA, account),
                fields.text("label", ""));
        fields.finish();
        if (!digit.isEmpty() && (digit.length() != 1 || "0123456789*#".indexOf(digit.charAt(0)) < 0)) {
            fields.refuse("digit", "must be one of 0 to 9, * and #", "give one key");
        }
        if (action != null) {
            option.checkAction(fields);
        }
        return option;
    }

    void write(final CanonicalJson json) {
        json.startElement();
        json.text("digit", digit);
        json.word("action", action);
        target.writeStem(json, "dest");
        json.text("webhook_url", webhookUrl);
        json.text("webhook_secret_ref", webhookSecretRef);
        json.flag("stay_in_queue", stayInQueue);
        json.id("prompt_media_id", promptMediaId, ResourceKind.MEDIA.prefix());
        json.text("label", label);
        json.endElement();
    }

    private void checkAction(final Fields fields) {
        final boolean reports = action == QueueOptionAction.WEBHOOK || action == QueueOptionAction.DEFLECT;
        if (fields.given("dest_kind") != (action == QueueOptionAction.ROUTE)) {
            fields.refuse("dest_kind", "goes with action route, and only with it", "give it there, remove it elsewhere");
        }
        if (fields.given("webhook_url") != reports) {
            fields.refuse(
                    "webhook_url", "goes with actions webhook and deflect", "give it there, remove it elsewhere");
        }
        if (!webhookUrl.isEmpty() && !webhookUrl.startsWith("https://")) {
            fields.refuse("webhook_url", "must begin with https://", "report over TLS");
        }
        if (action == QueueOptionAction.DEFLECT && !stayInQueue) {
            fields.refuse("stay_in_queue", "is 1 with action deflect", "use webhook to leave the queue");
        }
    }
}
