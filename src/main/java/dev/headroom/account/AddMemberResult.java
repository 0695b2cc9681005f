package dev.headroom.account;

/** What came of {@link AddMember}. */
public sealed interface AddMemberResult {

    record MemberAdded(Member member) implements AddMemberResult {}

    /** The account already has a member with this key. */
    record MemberKeyTaken(Member member) implements AddMemberResult {}
}
