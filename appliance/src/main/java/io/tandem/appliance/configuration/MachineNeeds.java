package io.tandem.appliance.configuration;

import io.tandem.appliance.secret.Resolution;
import io.tandem.appliance.secret.SecretReferences;
import io.tandem.appliance.secret.SecretStore;
import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.routing.configuration.ConfigurationWriter;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a configuration needs of this machine and does not find there: entries of the secret store, a file of source
 * countries. Warnings, never problems, since the configuration may be meant for another machine. Keeps nothing else
 * of an import. One thread, one import.
 */
public final class MachineNeeds implements ConfigurationWriter {
    /** Warnings that are kept in full; the others are counted. */
    public static final int WARNINGS_KEPT = 1000;

    private final SecretStore secrets;
    private final boolean countriesTold;
    private final Problems warnings = new Problems(WARNINGS_KEPT);
    private String firstGeoRule = "";
    private long geoRules;

    /** Looks at the machine as the settings say. */
    public MachineNeeds(final Settings settings) {
        this(SecretStore.of(settings), !settings.text(Setting.SIP_COUNTRIES).isEmpty());
    }

    MachineNeeds(final SecretStore secrets, final boolean countriesTold) {
        this.secrets = secrets;
        this.countriesTold = countriesTold;
    }

    /** What is not there; no secret is in it. */
    public Problems warnings() {
        return warnings;
    }

    @Override
    public void begin(final long numberCount, final long resourceCount) {}

    @Override
    public void number(final NumberRow row, final byte[] json) {}

    @Override
    public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
        if (SecretReferences.KINDS.contains(kind)) {
            final String id = new ResourceId(idHigh, idLow).prefixed(kind);
            SecretReferences.forEach(json, (field, name) -> warn(kind, id, field, name));
        } else if (kind == ResourceKind.ACL_RULES && !countriesTold) {
            final ObjectNode rule = ResourceReader.object(json, 0, json.length);
            final String type = rule.get("rule_type").stringValue();
            if (type.startsWith("geo_") && geoRules++ == 0) {
                firstGeoRule = type;
            }
        }
    }

    private void warn(final ResourceKind kind, final String id, final String field, final String name) {
        switch (secrets.resolve(name)) {
            case Resolution.Found found -> {}
            case Resolution.Missing missing ->
                warnings.add(new Problem(
                        0,
                        kind.collection(),
                        field,
                        name,
                        "of " + id + " names no entry of this machine's secret store",
                        missing.mend()));
            case Resolution.Refused refused ->
                warnings.add(new Problem(0, kind.collection(), field, name, "of " + id + " is refused", refused.why()));
        }
    }

    @Override
    public void index(final int code, final long high, final long low, final byte[] value) {}

    @Override
    public void finish() {
        if (geoRules > 0) {
            warnings.add(unknownCountries(firstGeoRule, geoRules));
        }
    }

    /**
     * The warning that rules ask for countries and no file tells them.
     *
     * @param type of one of them.
     */
    public static Problem unknownCountries(final String type, final long rules) {
        return new Problem(
                0,
                ResourceKind.ACL_RULES.collection(),
                "rule_type",
                type,
                "asks for the country of a source and no file tells it: rules=" + rules,
                "name one by " + Setting.SIP_COUNTRIES.key());
    }

    @Override
    public void abandon() {}
}
