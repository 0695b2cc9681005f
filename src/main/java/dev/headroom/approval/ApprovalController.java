package dev.headroom.approval;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalDecisions.DecideApproval;
import dev.headroom.approval.ApprovalDecisions.Verdict;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.ApprovalRequests.AgreedQuote;
import dev.headroom.approval.ApprovalRequests.RequestApproval;
import dev.headroom.approval.ApprovalRequests.WithdrawApprovalResult;
import dev.headroom.approval.Approvals.Need;
import dev.headroom.approval.DecideApprovalResult.NotSold;
import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.approval.RequestApprovalResult.NotQuoted;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.RequestedChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ApprovalController {

    private static final int LARGEST_PAGE = 100;

    private final Approvals approvals;
    private final ApprovalRequests requests;
    private final ApprovalDecisions decisions;
    private final Accounts accounts;

    ApprovalController(Approvals approvals, ApprovalRequests requests, ApprovalDecisions decisions, Accounts accounts) {
        this.approvals = approvals;
        this.requests = requests;
        this.decisions = decisions;
        this.accounts = accounts;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(ApprovalRequest node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    record Asked(
            String idempotencyKey, @Nullable String account, @Nullable String quoteToken, @Nullable RequestedChange change,
            @Nullable NegotiatedDiscountInput discount, String reason) {

        RequestApproval command() {
            return new RequestApproval(idempotencyKey, quoteToken, change, wished(discount), reason);
        }
    }

    record Withdrawn(@Nullable String account, String request) {}

    record Decided(
            String idempotencyKey, String request, int version, Verdict verdict, String comment, @Nullable RequestedChange change,
            @Nullable NegotiatedDiscountInput discount) {

        DecideApproval command() {
            return new DecideApproval(idempotencyKey, id("input.request", request), version, verdict, comment, change, wished(discount));
        }
    }

    private static @Nullable NegotiatedDiscount wished(@Nullable NegotiatedDiscountInput input) {
        return input == null ? null : input.discount();
    }

    private static UUID id(String field, String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.notFound(field, "No such request for approval"));
    }

    @QueryMapping
    ApprovalRequest approvalRequest(@Argument String id, @ContextValue Actor actor) {
        return requests.byId(actor, id("id", id));
    }

    /** One row more than asked for tells whether another page follows. */
    @QueryMapping
    Page approvalRequests(@Argument int first, @Argument @Nullable String after, @Argument @Nullable ApprovalState state, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<ApprovalRequest> found = requests.all(actor, state, after == null ? null : cursor(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(request -> new Edge(request, request.id().toString())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static UUID cursor(String after) {
        return Ids.parse(after).orElseThrow(() -> HeadroomException.invalid("after", "Expected the endCursor of the page before"));
    }

    @MutationMapping
    Object requestApproval(@Argument Asked input, @ContextValue Actor actor) {
        AccountId account = accounts.meant(actor, input.account()).id();
        RequestApprovalResult result = requests.ask(actor, account, input.command());
        return result instanceof NotQuoted(var why) ? why : result;
    }

    @MutationMapping
    WithdrawApprovalResult withdrawApproval(@Argument Withdrawn input, @ContextValue Actor actor) {
        return requests.withdraw(actor, accounts.meant(actor, input.account()).id(), id("input.request", input.request()));
    }

    @MutationMapping
    Object decideApproval(@Argument Decided input, @ContextValue Actor actor) {
        DecideApprovalResult result = decisions.decide(actor, input.command());
        return result instanceof NotSold(var why) ? why : result;
    }

    @SchemaMapping(typeName = "Account", field = "approvalRequests")
    List<ApprovalRequest> ofAccount(Account account, @Argument int first, @Argument @Nullable ApprovalState state, @ContextValue Actor actor) {
        return requests.ofAccount(actor, account.id(), state, (int) Check.between("first", first, 1, LARGEST_PAGE));
    }

    @BatchMapping(typeName = "Quote")
    Map<Quote, Need> approval(List<Quote> quotes, @ContextValue Actor actor) {
        Map<UUID, Need> needs = approvals.of(actor, quotes);
        return quotes.stream().collect(toMap(quote -> quote, quote -> needs.get(quote.id())));
    }

    @SchemaMapping(typeName = "ApprovalRequest")
    Account account(ApprovalRequest request, @ContextValue Actor actor) {
        return accounts.byId(actor, request.account());
    }

    @SchemaMapping(typeName = "ApprovalRequest")
    Optional<Deal> agreed(ApprovalRequest request) {
        return request.agreed();
    }

    @SchemaMapping(typeName = "ApprovalRequest")
    @Nullable Object quote(ApprovalRequest request, @ContextValue Actor actor) {
        return requests.agreed(actor, request).<Object>map(found -> found instanceof AgreedQuote.Live(var result) ? result : found).orElse(null);
    }

    @SchemaMapping(typeName = "NegotiatedDiscount")
    @Nullable String percentOff(NegotiatedDiscount discount) {
        return discount.reduction() instanceof PercentOff off ? off.percent().toPlainString() : null;
    }

    @SchemaMapping(typeName = "NegotiatedDiscount")
    @Nullable Money amountOff(NegotiatedDiscount discount) {
        return discount.reduction() instanceof AmountOff off ? off.amount() : null;
    }

    @SchemaMapping(typeName = "NegotiatedDiscount")
    Lasting duration(NegotiatedDiscount discount) {
        return discount.lasting();
    }

    @SchemaMapping(typeName = "NegotiatedDiscount")
    @Nullable Integer months(NegotiatedDiscount discount) {
        return discount.term() instanceof Term.Repeating(int months) ? months : null;
    }
}
