package io.tandem.routing.model;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call flow: a draft that is edited, and beside it the graph that calls follow, which only publishing changes.
 *
 * @param version how often it was published; 0 for never.
 * @param published whether calls are taken.
 * @param graph the draft, with references as identifiers; to be left as it is.
 * @param publishedGraph what calls follow, or null if it is not published; to be left as it is.
 */
public record Flow(
        ResourceId id,
        ResourceId accountId,
        String name,
        int version,
        boolean published,
        ObjectNode graph,
        ObjectNode publishedGraph)
        implements Resource {
    /** Most times that a flow can be published. */
    public static final int VERSION_MAX = 1_000_000_000;

    private static final List<String> READ_ONLY = List.of("version", "is_published", "published_graph");
    private static final String GRAPH = "graph";
    private static final String PUBLISHED_GRAPH = "published_graph";

    /**
     * Reads one and reports what is wrong with it. A file may say that a flow is published without saying what was:
     * then it is the draft.
     */
    public static Flow read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final ResourceId id = fields.identity(ResourceKind.FLOWS, Trunk.naturalKey(account, name));
        final int given = fields.integer("version", 0, 0, VERSION_MAX);
        final boolean published = fields.flag("is_published", false);
        final int version = version(fields, given, published);
        final ObjectNode graph = fields.object(GRAPH);
        final ObjectNode draft = graph == null ? JsonNodeFactory.instance.objectNode() : graph.deepCopy();
        final ObjectNode publishedGraph = fields.object(PUBLISHED_GRAPH);
        final ObjectNode own = publishedGraph == null ? null : publishedGraph.deepCopy();
        if (own == null && published) {
            FlowGraphReader.published(fields.inside(GRAPH + '.', draft), draft, account);
        } else {
            FlowGraphReader.draft(fields.inside(GRAPH + '.', draft), draft, account);
        }
        if (own != null && published) {
            FlowGraphReader.published(fields.inside(PUBLISHED_GRAPH + '.', own), own, account);
        } else if (own != null) {
            fields.refuse(PUBLISHED_GRAPH, "needs is_published 1 beside it", "give both or neither");
        }
        fields.finish();
        final ObjectNode followed = own == null ? draft : own;
        return new Flow(id, account, name, version, published, draft, published ? followed.deepCopy() : null);
    }

    /** A version alone says nothing: whether it is published stands beside it wherever a flow is stored. */
    private static int version(final Fields fields, final int given, final boolean published) {
        if (given > 0 && !fields.given("is_published")) {
            fields.warn("version", "counts for nothing without is_published beside it");
            return 0;
        }
        return published ? Math.max(1, given) : given;
    }

    /**
     * What it is once its draft is published: calls follow the draft from then on, under the next version.
     *
     * @param problems receives all that keeps the draft from running.
     * @return null if there is any.
     */
    public Flow publish(final Problems problems) {
        final Problems found = new Problems(Integer.MAX_VALUE);
        final ObjectNode row = JsonNodeFactory.instance.objectNode().put("version", version);
        final Fields fields =
                new Fields(row, ResourceKind.FLOWS.collection(), 0, References.TRUSTING, found, new Problems(0));
        if (version == VERSION_MAX) {
            fields.refuse("version", "must be below " + VERSION_MAX, "make a new flow of it");
        }
        final ObjectNode copy = graph.deepCopy();
        FlowGraphReader.published(fields.inside(GRAPH + '.', copy), copy, accountId);
        found.kept().forEach(problems::add);
        return found.isEmpty() ? new Flow(id, accountId, name, version + 1, true, graph, copy) : null;
    }

    /** What it is once no calls are taken any more: the draft and the version stay. */
    public Flow withdraw() {
        return new Flow(id, accountId, name, version, false, graph, null);
    }

    /**
     * What is written over a flow edits its draft; what is published stays. Only the next version in its order, and
     * taking calls no more, are publishing and withdrawing.
     */
    @Override
    public Resource succeeding(final Resource before) {
        final Flow old = (Flow) before;
        final boolean publication = published && version == old.version + 1;
        final boolean withdrawal = !published && version == old.version && version > 0;
        return publication || withdrawal
                ? this
                : new Flow(id, accountId, name, old.version, old.published, graph, old.publishedGraph);
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        final FlowGraph followed = published ? FlowGraph.ofPublished(publishedGraph) : null;
        if (followed == null) {
            return;
        }
        for (final FlowNode node : followed.nodes()) {
            if (node.step() instanceof FlowStep.Route route
                    && route.target() == TargetKind.TRUNK
                    && others.find(ResourceKind.TRUNKS, route.id()) instanceof Trunk trunk
                    && trunk.direction() == TrunkDirection.INBOUND) {
                fields.refuse(
                        fields.given(PUBLISHED_GRAPH) ? PUBLISHED_GRAPH : GRAPH,
                        "has a node that leads to a trunk which takes no calls: node=" + node.id(),
                        "give the trunk direction both or outbound");
            }
        }
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.FLOWS, accountId, name));
    }

    @Override
    public List<String> readOnlyFields() {
        return READ_ONLY;
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.FLOWS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.number("version", version);
        json.flag("is_published", published);
        json.object(GRAPH, graph);
        json.object(PUBLISHED_GRAPH, publishedGraph);
        return json.finish();
    }
}
