package io.tandem.admin.http.resource;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.configuration.ResourceLines;
import io.tandem.routing.model.Account;
import io.tandem.routing.model.ApiKey;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.NumberStatus;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.number.Country;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration as one credential may see and change it: what he does not reach is not there. Of one request, one
 * thread; every method throws {@link ApiProblem}.
 */
public final class TenantDesk {
    /** Most resources that one page looks at. */
    static final int SCANNED_MAX = 100_000;

    private static final int BATCH = 1_000;
    private static final int EDIT_TRIES = 4;
    private static final int PROBLEMS_MAX = 1_000;
    private static final int REFERRERS_SHOWN = 20;
    private static final int WARNINGS_SHOWN = 10;

    /** How to mend what one change cannot hold. */
    static final String SPLIT =
            "split it into several, each all or nothing; the operator may replace the whole configuration"
                    + " with: tandem import FILE";

    private final ConfigurationDesk desk;
    private final NewIds ids;
    private final Credential who;
    private final Reach reach;
    private List<Problem> warnings = List.of();

    /**
     * Some resources.
     *
     * @param next the last one looked at, behind which the next page begins; null when there are no more.
     */
    public record Page(List<StoredResource> resources, ResourceId next) {}

    /**
     * Some resources, newest first.
     *
     * @param next the place behind which the next page begins; null when there is nothing on this page and nothing behind it.
     */
    public record NewestPage(List<StoredResource> resources, Creation next) {}

    /** The desk for one credential. */
    public TenantDesk(final ConfigurationDesk desk, final NewIds ids, final Credential who) {
        this.desk = desk;
        this.ids = ids;
        this.who = who;
        reach = new Reach(desk, who);
    }

    /** Whose desk it is. */
    public Credential who() {
        return who;
    }

    /** Refuses whoever is bound to an account. */
    public void requireOperator() {
        if (!who.isOperator()) {
            throw new ApiProblem(403, "this concerns all accounts at once").mend("use the operator token");
        }
    }

    /** Refuses a credential without a scope. */
    public void requireScope(final String scope) {
        if (!who.allows(scope)) {
            throw new ApiProblem(403, "the key lacks a scope: scope=" + scope)
                    .scope(scope)
                    .mend("use a key that has it, or *");
        }
    }

    /** Refuses the keys of accounts that are suspended or closed. */
    public void requireService() {
        if (!who.isOperator() && !reach.isInService()) {
            throw new ApiProblem(403, "the account, or one above it, is not active").mend("ask who runs it");
        }
    }

    /** Whether an account is reached. */
    public boolean reaches(final ResourceId account) {
        return reach.includes(account);
    }

    /** Whose new resources are when nothing is said; {@link ResourceId#NIL} for an operator's. */
    public ResourceId ownAccount() {
        return reach.own();
    }

    /** The revision in force. */
    public long revision() {
        return desk.revision();
    }

    /** A resource that is reached, deleted or not; null for none. */
    public StoredResource findEvenDeleted(final ResourceKind kind, final ResourceId id) {
        final StoredResource stored = desk.find(kind, id);
        return stored != null && reach.includes(stored.resource().accountId()) ? stored : null;
    }

    /** A resource by identifier in any spelling: 400 for what is none of this kind, 404 when it is not there. */
    public StoredResource require(final ResourceKind kind, final String text) {
        final ResourceId id = identifier(kind, text);
        final StoredResource stored = findEvenDeleted(kind, id);
        if (stored == null || isDeleted(stored)) {
            throw ApiProblem.notFound(kind.collection() + ' ' + id.prefixed(kind));
        }
        return stored;
    }

    /** An identifier of a kind in any spelling. */
    public static ResourceId identifier(final ResourceKind kind, final String text) {
        final ResourceId id = ResourceId.parse(text, kind.prefix());
        if (id == null) {
            throw ApiProblem.field(
                    "id",
                    text,
                    "must be " + kind.prefix() + " and a ULID, or a UUID",
                    "take it from GET /v1/" + kind.collection());
        }
        return id;
    }

    /** Whether it is a number that was given up. */
    public static boolean isDeleted(final StoredResource stored) {
        return stored.resource() instanceof PhoneNumber number && number.status() == NumberStatus.DELETED;
    }

    /** The bearer of a name, if he is reached; else null. */
    public StoredResource find(final UniqueName name) {
        final ResourceId id = desk.find(name);
        return id == null ? null : findEvenDeleted(name.kind(), id);
    }

    /** The user whom a resource's field names, by identifier or by a name of the same account; null for none. */
    ResourceId userOf(final StoredResource of, final String text) {
        return new ChangeNames(desk)
                .find(ResourceKind.USERS, text, of.resource().accountId());
    }

    /** The number, range or prefix that takes the calls to a number, if it is reached; else null. */
    public StoredResource findNumber(final long e164) {
        final StoredResource stored = desk.numberOf(e164);
        return stored != null && reach.includes(stored.resource().accountId()) ? stored : null;
    }

    /** How many resources refer to one, of all accounts. */
    public long referrerCount(final ResourceKind kind, final ResourceId id) {
        long count = 0;
        for (final ResourceKind referrers : ResourceKind.values()) {
            count += desk.referrerCount(referrers, kind, id);
        }
        return count;
    }

    /** How many resources of a kind do. */
    public long referrerCount(final ResourceKind referrers, final ResourceKind kind, final ResourceId id) {
        return desk.referrerCount(referrers, kind, id);
    }

    /** The country that an account dials in, its own or that of the nearest above it; {@link Country#NONE} if none names one. */
    public int country(final ResourceId account) {
        ResourceId next = account;
        for (int depth = 0; depth < Account.DEPTH_MAX && !next.isNil(); depth++) {
            final StoredResource stored = desk.find(ResourceKind.ACCOUNTS, next);
            if (stored == null || !(stored.resource() instanceof Account above)) {
                return Country.NONE;
            }
            if (!above.country().isEmpty()) {
                return Country.parse(above.country());
            }
            next = above.parentId();
        }
        return Country.NONE;
    }

    /**
     * A page in ascending order of identifiers. It may have fewer resources than wanted and yet a next one, since it
     * looks at {@link #SCANNED_MAX} at most.
     *
     * @param account only those of this account; null for all that are reached.
     * @param after where the page begins; null for the beginning.
     */
    public Page list(
            final ResourceKind kind,
            final ResourceId account,
            final ResourceId after,
            final int limit,
            final Predicate<StoredResource> wanted) {
        if (account != null && !reach.includes(account)) {
            return new Page(List.of(), null);
        }
        final ResourceId only = account == null && reach.isOwnOnly() ? reach.own() : account;
        final List<StoredResource> found = new ArrayList<>();
        ResourceId behind = after;
        int scanned = 0;
        while (scanned < SCANNED_MAX) {
            final List<StoredResource> batch = desk.list(kind, only, behind, BATCH);
            for (final StoredResource stored : batch) {
                if (!isDeleted(stored) && reach.includes(stored.resource().accountId()) && wanted.test(stored)) {
                    if (found.size() == limit) {
                        return new Page(found, found.getLast().resource().id());
                    }
                    found.add(stored);
                }
                behind = stored.resource().id();
            }
            scanned += batch.size();
            if (batch.size() < BATCH) {
                return new Page(found, null);
            }
        }
        return new Page(found, behind);
    }

    /**
     * A page of the numbers or flows of the credential's own account, newest first. It looks at {@link #SCANNED_MAX} at most.
     *
     * @param before the place behind which the page begins; {@link Creation#FIRST} for the beginning.
     * @param limit most resources to answer, at least one.
     */
    public NewestPage listNewest(final ResourceKind kind, final Creation before, final int limit) {
        if (who.isOperator()) {
            throw new ApiProblem(403, "the list is of one account's " + kind.collection())
                    .mend("use a key of that account");
        }
        final List<StoredResource> found = new ArrayList<>();
        Creation last = null;
        Creation behind = before;
        int scanned = 0;
        int batchMax = Math.min(limit + 1, BATCH);
        while (scanned < SCANNED_MAX) {
            final List<ConfigurationDesk.Placed> batch = desk.listNewest(kind, reach.own(), behind, batchMax);
            for (final ConfigurationDesk.Placed row : batch) {
                behind = row.place();
                if (isDeleted(row.stored())) {
                    continue;
                }
                if (found.size() == limit) {
                    return new NewestPage(found, last.createdUs() == behind.createdUs() ? last : withoutTie(last));
                }
                found.add(row.stored());
                last = behind;
            }
            scanned += batch.size();
            if (batch.size() < batchMax) {
                return new NewestPage(found, last == null ? null : withoutTie(last));
            }
            batchMax = BATCH;
        }
        return new NewestPage(found, behind);
    }

    /** The place by its time alone, where nothing follows that was made at the same time. */
    private static Creation withoutTie(final Creation place) {
        return Creation.behindAllOf(place.createdUs());
    }

    /** A new identifier. */
    public ResourceId newId() {
        return ids.next();
    }

    /**
     * The edits that make a new resource with an identifier of its own, and before it the one that clears away a number
     * given up earlier. The account is that of the key unless the fields name one.
     */
    public List<Edit> creation(final ResourceKind kind, final ObjectNode fields) {
        if (!Json.isGiven(fields.get("id"))) {
            fields.put("id", ids.next().prefixed(kind));
        }
        if (!who.isOperator()) {
            final String owner = kind == ResourceKind.ACCOUNTS ? "parent_id" : "account_id";
            if (!Json.isGiven(fields.get(owner))) {
                fields.put(owner, reach.own().prefixed(ResourceKind.ACCOUNTS));
            }
        }
        final List<Edit> edits = new ArrayList<>();
        if (kind == ResourceKind.NUMBERS
                && fields.get("e164") != null
                && fields.get("e164").isString()) {
            final StoredResource earlier = givenUp(fields.get("e164").stringValue());
            if (earlier != null) {
                edits.add(Edit.delete(kind, earlier.resource().id(), earlier.tag()));
            }
        }
        edits.add(Edit.create(kind, fields));
        return edits;
    }

    private StoredResource givenUp(final String text) {
        final NumberPattern pattern = NumberPattern.parse(text);
        final ResourceId id = pattern.isThere() ? desk.find(pattern.name()) : null;
        final StoredResource stored = id == null ? null : desk.find(ResourceKind.NUMBERS, id);
        return stored != null && isDeleted(stored) ? stored : null;
    }

    /** Makes a resource. */
    public StoredResource create(final ResourceKind kind, final ObjectNode fields) {
        return submit("create " + kind.collection(), creation(kind, fields))
                .resources()
                .getLast();
    }

    /** Replaces a resource as it was. */
    public StoredResource replace(final StoredResource was, final ObjectNode fields, final String tag) {
        final ResourceId id = was.resource().id();
        if (!who.isOperator() && was.kind() == ResourceKind.ACCOUNTS) {
            refuseOwnAccount(id);
        }
        return submit(
                        "put " + was.kind().collection() + ' ' + id.prefixed(was.kind()),
                        List.of(Edit.put(was.kind(), id, fields, tag)))
                .resources()
                .getFirst();
    }

    /**
     * Changes a resource from what it is now; when another change comes between, from what that made of it.
     *
     * @param first a resource that is reached.
     * @param change makes the new fields of the stored resource.
     */
    public StoredResource edit(final StoredResource first, final Function<StoredResource, ObjectNode> change) {
        StoredResource was = first;
        for (int tries = 1; ; tries++) {
            try {
                return replace(was, change.apply(was), was.tag());
            } catch (final ApiProblem e) {
                if (e.status() != 412 || tries == EDIT_TRIES) {
                    throw e;
                }
                was = findEvenDeleted(first.kind(), first.resource().id());
                if (was == null) {
                    throw ApiProblem.notFound(first.kind().collection() + " that was to be changed");
                }
            }
        }
    }

    /** Deletes a resource. */
    public void delete(final StoredResource was, final String tag) {
        final ResourceId id = was.resource().id();
        if (!who.isOperator() && was.kind() == ResourceKind.ACCOUNTS) {
            refuseOwnAccount(id);
        }
        submit(
                "delete " + was.kind().collection() + ' ' + id.prefixed(was.kind()),
                List.of(Edit.delete(was.kind(), id, tag)));
    }

    private void refuseOwnAccount(final ResourceId id) {
        if (id.equals(reach.own())) {
            throw new ApiProblem(403, "an account is changed by those above it, not by its own keys")
                    .mend("use a key of the reseller, or the operator token");
        }
    }

    /** Makes a change, applied whole or not at all; needs the write scope of each collection that it touches. */
    public ChangeResult submit(final String action, final List<Edit> edits) {
        return submit(action, edits, new BitSet(0));
    }

    /**
     * The same.
     *
     * @param repeated which of the edits say what is so already: they ask for no right to change it.
     */
    ChangeResult submit(final String action, final List<Edit> edits, final BitSet repeated) {
        final ChangeRequest request = new ChangeRequest(who.actor(), action, edits);
        demandRights(request, repeated);
        final ChangeResult result = desk.change(request);
        return demandApplied(edits.size() == 1 ? result.withoutPlaces() : result);
    }

    /** Refuses what {@link #submit} would refuse, and changes nothing. */
    ChangeResult check(final String action, final List<Edit> edits, final BitSet repeated) {
        final ChangeRequest request = new ChangeRequest(who.actor(), action, edits);
        demandRights(request, repeated);
        final ChangeResult result = desk.check(request);
        return demandApplied(edits.size() == 1 ? result.withoutPlaces() : result);
    }

    private void demandRights(final ChangeRequest request, final BitSet repeated) {
        final List<Edit> edits = request.edits();
        for (int i = 0; i < edits.size(); i++) {
            final String collection = edits.get(i).kind().collection();
            if (!repeated.get(i) || !who.allows(collection + ":read")) {
                requireScope(collection + ":write");
            }
        }
        if (who.isOperator()) {
            return;
        }
        final References references = new TenantReferences(desk, reach, ChangeNames.of(desk, edits));
        final Problems problems = new Problems(PROBLEMS_MAX);
        for (int i = 0; i < edits.size(); i++) {
            if (!repeated.get(i)) {
                checkTenancy(edits.get(i), edits.size() > 1 ? i + 1 : 0, references, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw invalid(edits.size() > 1 ? withOthers(problems.kept(), request) : problems.kept());
        }
    }

    /** What is wrong with some edits, and what is wrong with the others; by place. */
    private List<Problem> withOthers(final List<Problem> some, final ChangeRequest request) {
        final Set<Long> places = some.stream().map(Problem::line).collect(Collectors.toSet());
        return ResourceLines.together(
                some,
                desk.check(request).problems().stream()
                        .filter(problem -> problem.line() > 0 && !places.contains(problem.line()))
                        .toList());
    }

    /**
     * The answer, with a header if there is anything that the change asks for and this machine does not have, or that
     * may not be meant.
     */
    ApiAnswer warning(final ApiAnswer answer) {
        return warning(answer, warnings);
    }

    /** The same with the warnings' places in the request. */
    ApiAnswer warning(final ApiAnswer answer, final List<Problem> placed) {
        if (placed.isEmpty()) {
            return answer;
        }
        final String first =
                placed.stream().limit(WARNINGS_SHOWN).map(Problem::toString).collect(Collectors.joining(", "));
        return answer.with(
                "X-Tandem-Warning",
                placed.size() > WARNINGS_SHOWN ? first + " and " + (placed.size() - WARNINGS_SHOWN) + " more" : first);
    }

    /** A result that was applied; what became of others is a problem. */
    ChangeResult demandApplied(final ChangeResult result) {
        return switch (result.outcome()) {
            case APPLIED -> {
                warnings = result.warnings();
                yield result;
            }
            case INVALID -> throw invalid(result.problems());
            case NOT_FOUND ->
                throw ApiProblem.notFound("a resource of the change").errors(result.problems());
            case TAKEN ->
                throw new ApiProblem(409, "a name, number or identifier is taken")
                        .errors(result.problems())
                        .mend("choose another one");
            case REFERRED_TO ->
                throw new ApiProblem(409, "it is still referred to: referrers=" + result.referrerCount())
                        .referrers(
                                result.referrers().stream()
                                        .limit(REFERRERS_SHOWN)
                                        .map(referrer -> referrer.kind().collection()
                                                + '/'
                                                + referrer.id().prefixed(referrer.kind()))
                                        .toList(),
                                result.referrerCount())
                        .mend("change or delete those first");
            case STALE ->
                throw new ApiProblem(412, "the resource has changed since").mend("get it again and repeat the change");
            case BUSY ->
                throw new ApiProblem(503, "the appliance takes no changes at the moment")
                        .header("Retry-After", "1")
                        .mend("repeat the change in a second");
            case TOO_LARGE ->
                throw new ApiProblem(
                                413,
                                result.problems().isEmpty()
                                        ? "the change is too large"
                                        : "the " + result.problems().getFirst().rule())
                        .mend(SPLIT);
        };
    }

    private static ApiProblem invalid(final List<io.tandem.routing.model.Problem> problems) {
        return new ApiProblem(400, "the request has wrong fields").errors(problems);
    }

    /** A tenant's resource is his, and names nothing of tenants whom he does not reach. */
    private void checkTenancy(final Edit edit, final int place, final References references, final Problems problems) {
        if (edit.fields() == null) {
            return;
        }
        final ObjectNode given = edit.fields().deepCopy();
        final StoredResource was = edit.id() == null ? null : desk.find(edit.kind(), edit.id());
        if (was != null) {
            HiddenFields.keep(edit.kind(), given, was.resource());
        }
        final Fields fields = new Fields(given, edit.kind().collection(), place, references, problems, new Problems(0));
        final Resource resource = edit.kind().read(fields);
        if (resource instanceof Account account
                && (reach.isOwnOnly() || account.parentId().isNil())) {
            fields.refuse("parent_id", "must be an account that the key's reseller is or has below it", "name one");
        }
        if (resource instanceof PhoneNumber number) {
            checkNumber(number.pattern(), was, fields);
        }
        if (resource instanceof ApiKey key) {
            for (final String scope : key.scopes()) {
                if (!who.allows(scope)) {
                    fields.refuse("scopes", "must be among those of the key that asks: " + scope, "leave it out");
                }
            }
        }
    }

    /** Whoever could give himself whole prefixes, or numbers out of another tenant's range, would take that tenant's calls. */
    private void checkNumber(final NumberPattern pattern, final StoredResource was, final Fields fields) {
        if (was != null
                && was.resource() instanceof PhoneNumber before
                && before.pattern().equals(pattern)) {
            return;
        }
        if (!pattern.isSingle()) {
            fields.refuse(
                    "e164", "must be one number: prefixes and ranges are the operator's to give", "ask who runs it");
            return;
        }
        final StoredResource around = pattern.isThere() ? desk.blockOf(pattern.first()) : null;
        if (around != null && !reach.includes(around.resource().accountId())) {
            fields.refuse("e164", "is one of the numbers of another account", "choose another one");
        }
    }
}
