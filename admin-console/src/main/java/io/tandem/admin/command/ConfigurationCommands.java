package io.tandem.admin.command;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.DifferenceView;
import io.tandem.admin.view.Refusal;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Commands that read and change single resources, and go back and forth between revisions. */
final class ConfigurationCommands {

    static final int RESOURCES_SHOWN = 20;
    static final int REVISIONS_SHOWN = 20;

    private static final int COUNT_MAX = 10_000;
    private static final int ACCOUNTS_AT_ONCE = 1_000;
    private static final String BY_NAME = "name:";

    private ConfigurationCommands() {}

    static Answer get(Invocation invocation) {
        var kind = kind(invocation.text("COLLECTION"));
        var desk = invocation.control().desk();
        if (!invocation.given("ID")) {
            int limit = invocation.count("LIMIT", RESOURCES_SHOWN, COUNT_MAX);
            var after = invocation.given("AFTER") ? existing(desk, kind, invocation.text("AFTER")) : null;
            var resources = desk.list(kind, null, after, limit + 1);
            var shown = resources.subList(0, Math.min(limit, resources.size()));
            var answer = lines(shown);
            return resources.size() > limit
                    ? Answer.of(
                            jsons(shown),
                            answer,
                            Prose.of(
                                    "",
                                    "more: get " + kind.collection() + " after "
                                            + shown.getLast().resource().id().prefixed(kind)))
                    : Answer.of(jsons(shown), answer);
        }
        var found = desk.find(kind, existing(desk, kind, invocation.text("ID")));
        if (found == null) {
            throw missing(kind, invocation.text("ID"));
        }
        return Answer.of(json(found), lines(List.of(found)));
    }

    static Answer delete(Invocation invocation) {
        var kind = kind(invocation.text("COLLECTION"));
        var desk = invocation.control().desk();
        var id = existing(desk, kind, invocation.text("ID"));
        return changed(desk.change(new ChangeRequest(
                invocation.who(),
                "delete " + kind.collection() + " " + id.prefixed(kind),
                List.of(Edit.delete(kind, id, "")))));
    }

    static Answer apply(Invocation invocation) {
        return changed(invocation.control().applyFile(ServiceCommands.path(invocation.text("FILE")), invocation.who()));
    }

    static Answer checkChange(Invocation invocation) {
        var result = invocation.control().checkChange(ServiceCommands.path(invocation.text("FILE")), invocation.who());
        var answer = changed(result);
        return result.outcome() == ChangeResult.Outcome.APPLIED
                ? Answer.of(
                        answer.value(),
                        answer.blocks().getFirst(),
                        Prose.of("", "checked: no problems, nothing was changed"))
                : answer;
    }

    static Answer export(Invocation invocation) {
        var file = ServiceCommands.path(invocation.text("FILE"));
        long count = invocation
                .control()
                .exportFile(file, lines -> invocation.progress().accept("wrote lines=" + lines));
        return Answer.of(
                Map.of("file", file.toString(), "resources", count),
                new Facts().fact("file", file.toString()).fact("resources", count));
    }

    static Answer revisions(Invocation invocation) {
        var revisions = invocation
                .control()
                .desk()
                .revisions(Long.MAX_VALUE, invocation.count("N", REVISIONS_SHOWN, COUNT_MAX));
        var table =
                new TextTable().figures("revision").words("at", "who", "what").figures("resources");
        revisions.forEach(revision -> table.row(
                revision.revision(),
                Units.moment(revision.at()),
                Units.text(revision.actor()),
                revision.action(),
                revision.edits()));
        return Answer.of(revisions, table);
    }

    static Answer diff(Invocation invocation) {
        long from = revision(invocation, "A");
        long to = revision(invocation, "B");
        List<DifferenceView> differences = invocation
                .control()
                .desk()
                .diff(from, to)
                .orElseThrow(() -> new Refusal(
                        "revisions cannot be compared: a=" + from + " b=" + to,
                        "choose two that revisions shows, without an import between them"));
        var text = new ArrayList<String>();
        for (var difference : differences) {
            text.add(difference.kind().collection() + " " + difference.id().prefixed(difference.kind()));
            difference.before().ifPresent(json -> text.add("- " + json));
            difference.after().ifPresent(json -> text.add("+ " + json));
        }
        return Answer.of(
                differences.stream().map(ConfigurationCommands::members).toList(), new Prose(text));
    }

    private static Map<String, String> members(DifferenceView difference) {
        return Map.of(
                "collection", difference.kind().collection(),
                "id", difference.id().prefixed(difference.kind()),
                "before", difference.before().map(ObjectNode::toString).orElse(""),
                "after", difference.after().map(ObjectNode::toString).orElse(""));
    }

    static Answer rollback(Invocation invocation) {
        return changed(invocation.control().desk().rollback(revision(invocation, "A"), invocation.who()));
    }

    private static Answer changed(ChangeResult result) {
        var value = new LinkedHashMap<String, Object>();
        value.put("outcome", result.outcome());
        value.put("revision", result.revision());
        if (result.outcome() == ChangeResult.Outcome.APPLIED) {
            value.put("warnings", result.warnings());
            var facts = new Facts()
                    .fact("revision", result.revision())
                    .fact("resources", result.resources().size());
            result.warnings().forEach(warning -> facts.fact("warning", warning.toString()));
            return Answer.of(value, facts);
        }
        if (result.outcome() == ChangeResult.Outcome.REFERRED_TO) {
            throw new Refusal(
                    "it is referred to: by=" + result.referrerCount() + " such as "
                            + result.referrers().stream()
                                    .map(referrer -> referrer.kind().collection() + " "
                                            + referrer.id().prefixed(referrer.kind()))
                                    .collect(Collectors.joining(", ")),
                    "change or delete those first");
        }
        var table = new TextTable().figures("line").words("field", "value", "problem", "to mend");
        for (Problem problem : result.problems()) {
            table.row(
                    problem.line(),
                    Units.text(problem.field()),
                    Units.text(problem.value()),
                    problem.rule(),
                    problem.mend());
        }
        return Answer.of(result.problems(), table)
                .failing(new Refusal(
                        "the change is refused as a whole: problems="
                                + result.problems().size(),
                        "mend what is named; nothing was changed"));
    }

    private static Prose lines(List<StoredResource> resources) {
        return new Prose(resources.stream().map(ConfigurationCommands::text).toList());
    }

    private static String text(StoredResource stored) {
        return json(stored).toString();
    }

    private static ObjectNode json(StoredResource stored) {
        return HiddenFields.shown(stored.resource().json());
    }

    private static List<ObjectNode> jsons(List<StoredResource> resources) {
        return resources.stream().map(ConfigurationCommands::json).toList();
    }

    /** The collections that there are; for completion as well. */
    static List<String> collections() {
        return Arrays.stream(ResourceKind.values())
                .map(ResourceKind::collection)
                .toList();
    }

    private static ResourceKind kind(String collection) {
        var kind = ResourceKind.ofCollection(collection);
        if (kind == null) {
            throw new Refusal(
                    "unknown collection: collection=" + collection, "use one of " + String.join(", ", collections()));
        }
        return kind;
    }

    private static ResourceId id(ResourceKind kind, String text) {
        var id = ResourceId.parse(text, kind.prefix());
        if (id == null) {
            throw new Refusal("not an identifier: id=" + text, "write " + kind.prefix() + " and a ULID, or a UUID");
        }
        return id;
    }

    /** An identifier, or a name that only one resource of its kind bears, whichever account has it. */
    static ResourceId existing(ConfigurationDesk desk, ResourceKind kind, String text) {
        if (!text.startsWith(BY_NAME)) {
            return id(kind, text);
        }
        var bearers = bearers(desk, kind, text.substring(BY_NAME.length()));
        if (bearers.isEmpty()) {
            throw missing(kind, text);
        }
        if (bearers.size() > 1) {
            throw new Refusal(
                    "several accounts have one: collection=" + kind.collection() + " id=" + text + " such as "
                            + bearers.stream().map(id -> id.prefixed(kind)).collect(Collectors.joining(", ")),
                    "give the identifier");
        }
        return bearers.getFirst();
    }

    /** Who bears a name on the whole platform, or else within accounts: the first two. */
    private static List<ResourceId> bearers(ConfigurationDesk desk, ResourceKind kind, String name) {
        var platform = desk.find(new UniqueName(kind, kind.nameField(), ResourceId.NIL, name));
        if (platform != null) {
            return List.of(platform);
        }
        var found = new ArrayList<ResourceId>();
        ResourceId after = null;
        List<StoredResource> accounts;
        do {
            accounts = desk.list(ResourceKind.ACCOUNTS, null, after, ACCOUNTS_AT_ONCE);
            for (var account : accounts) {
                after = account.resource().id();
                var bearer = desk.find(new UniqueName(kind, kind.nameField(), after, name));
                if (bearer != null) {
                    found.add(bearer);
                    if (found.size() == 2) {
                        return found;
                    }
                }
            }
        } while (accounts.size() == ACCOUNTS_AT_ONCE);
        return found;
    }

    static Refusal missing(ResourceKind kind, String text) {
        return new Refusal(
                "not there: collection=" + kind.collection() + " id=" + text,
                "get " + kind.collection() + " lists them");
    }

    private static long revision(Invocation invocation, String name) {
        var text = invocation.text(name);
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Refusal("not a revision: " + name + "=" + text, "give a number that revisions shows");
        }
        return Long.parseLong(text);
    }
}
