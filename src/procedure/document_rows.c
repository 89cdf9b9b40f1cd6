/* SPDX-License-Identifier: MIT */
#include "procedure/document_need.h"

/* clang-format off */
const struct document_row document_rows[DOC_FIELD_COUNT] = {
	[DOC_REQUEST] = {"Request", "What is asked for?",
		"One of: assign, transport, name, modify, rename, deassign, reuse, revoke,\n"
		"succession, early, renew, permanent, reserve. Empty: assign, a new name with\n"
		"or without a port.",
		false, need_optional},
	[DOC_SOURCE] = {"Source", "Whose registry is asked?",
		"The name of a source of the roll, such as iana. Empty: the one that is managed\n"
		"there.",
		false, need_optional},
	[DOC_SERVICE_NAME] = {"Service Name", "Which service name?",
		"At most 15 letters, digits and single hyphens within, at least one letter;\n"
		"case makes no difference. No version, no 'service' or 'protocol' in it. Of a\n"
		"change: the name that is registered. (RFC 6335 section 5.1, RFC 7605 section\n"
		"7.5)",
		false, need_service_name},
	[DOC_PROPOSED_NAME] = {"Proposed Service Name", "Which name will it have then?",
		"The new name, of the same form. Of a reuse: the name that gets the port; the\n"
		"old one stays as a name without port. (RFC 7605 section 7.9, RFC 6335 section\n"
		"8.3)",
		false, need_proposed_name},
	[DOC_TRANSPORTS] = {"Transport Protocols", "Which transport protocols?",
		"One or more of tcp, udp, sctp, dccp, with commas; also for a name without a\n"
		"port. Only those that are in use now: others can follow. (RFC 6335 sections\n"
		"7.2, 8.1.1)",
		false, need_transports},
	[DOC_PORT_NUMBER] = {"Port Number", "Which port?",
		"A number such as 4460; or 'User' (1024 to 49151) and the registry chooses; or\n"
		"'System' (0 to 1023), which is rarely granted; or the name of a pool. Empty: a\n"
		"name only. No number is promised: do not use it before it is assigned. (RFC\n"
		"6335 sections 6 and 8.1.1)",
		false, need_port_number},
	[DOC_SERVICE_CODE] = {"Service Code", "Which DCCP service code?",
		"Only for dccp, and always there: four characters such as SC:ping, or a number,\n"
		"SC=1885957735 or SC=x70696E67; several with commas. (RFC 4340 section 8.1.2)",
		false, need_service_code},
	[DOC_DESCRIPTION] = {"Description", "What is the service, in a few words?",
		"At most 40 characters on IANA's form. No abbreviations but the best known, no\n"
		"version. (RFC 6335 section 8.1.1)",
		true, need_description},
	[DOC_ASSIGNEE] = {"Assignee", "Who is responsible for the assignment?",
		"Name <mail> of a person, a company or an organization. For a document of the\n"
		"IETF stream: IESG <iesg@ietf.org>. Of a succession: the new one. (RFC 6335\n"
		"section 8.1.1)",
		false, need_assignee},
	[DOC_ASSIGNEE_TYPE] = {"Assignee Type", "Is the assignee a person or an organization?",
		"person, or organization. Empty: person.",
		false, need_assignee_more},
	[DOC_ASSIGNEE_ORGANIZATION] = {"Assignee Organization", "Which organization is the assignee of?",
		"Where a person is the assignee: who they work for.",
		false, need_assignee_more},
	[DOC_ASSIGNEE_ID] = {"Assignee ID", "Under which ID does the registry have the assignee?",
		"As in the registry's list of people, such as Stuart_Cheshire; or what a new\n"
		"one is to have. Empty: one is made of the name, or found by name and mail.",
		false, need_assignee_more},
	[DOC_CONTACT] = {"Contact", "Whom may people ask about it?",
		"Name <mail>, a line each. The contact may ask for changes on behalf of the\n"
		"assignee. For a document of the IETF stream: IETF Chair <chair@ietf.org>. (RFC\n"
		"6335 section 8.1.1)",
		true, need_contact},
	[DOC_CONTACT_TYPE] = {"Contact Type", "Is the contact a person or an organization?",
		"person, or organization; a line for each contact, or one for all. Empty:\n"
		"person.",
		true, need_contact_more},
	[DOC_CONTACT_ORGANIZATION] = {"Contact Organization", "Which organization is the contact of?",
		"A line for each contact, or one for all.",
		true, need_contact_more},
	[DOC_CONTACT_ID] = {"Contact ID", "Under which ID does the registry have the contact?",
		"As in the registry's list of people; a line for each contact.",
		true, need_contact_more},
	[DOC_CONTACT_ADDRESS] = {"Contact Address", "Is there another way to reach the contact?",
		"A postal address, a telephone number, a page. (RFC 6335 section 8.1.1)",
		true, need_contact_more},
	[DOC_REFERENCE] = {"Reference", "Where is the protocol described?",
		"[RFC6335], a draft, a URL, a line each; or the description itself: kinds of\n"
		"messages, their form and order, what they do. It should be complete in itself.\n"
		"That it is proprietary and not documented publicly is an answer, but not for a\n"
		"System Port. (RFC 6335 section 8.1.1, RFC 7605 section 7.7)",
		true, need_reference},
	[DOC_SPECIFICATION] = {"Specification", "Which stable specification is there?",
		"A document that will stay as it is and can be had by everybody: for a System\n"
		"Port, and for DCCP service codes of capitals and digits only. (RFC 6335\n"
		"section 8.1.1, RFC 4340 section 8.1.2)",
		true, need_specification},
	[DOC_IETF_DOCUMENT] = {"IETF Document", "Which document of the IETF stream asks for it?",
		"The name of the Internet-Draft, or the RFC. Empty: none does. (RFC 6335\n"
		"section 8.1.1, RFC 7120)",
		false, need_ietf_document},
	[DOC_UNAUTHORIZED] = {"Known Unauthorized Uses", "Is the port in use by others without assignment?",
		"What is known of such uses. (RFC 6335 section 8.1.1)",
		true, need_unauthorized},
	[DOC_NOTES] = {"Assignment Notes", "What should be noted beside the assignment?",
		"Public, in the registry. (RFC 6335 section 8.1.1)",
		true, need_optional},
	[DOC_TXT_KEYS] = {"Defined TXT Keys", "Which keys has its TXT record?",
		"Of DNS-based service discovery, with their meaning, or where they are defined;\n"
		"'none' is an answer. (RFC 6763 section 6; IANA's form)",
		true, need_txt_keys},
	[DOC_BROADCAST] = {"Broadcast Use", "Does it use broadcast, multicast or anycast?",
		"How and what for; 'none' is an answer. (RFC 6335 section 8.1.1)",
		true, need_usage},
	[DOC_WHY_NOT_DYNAMIC] = {"Why Not Dynamic", "Why does it need a port of its own?",
		"Why neither a Dynamic Port (49152 to 65535), found by configuration or\n"
		"discovery, nor the port of another service would do. (RFC 6335 sections 8.1.1\n"
		"and 8.1.2)",
		true, need_why_not_dynamic},
	[DOC_WHY_NOT_USER] = {"Why Not User", "Why would a User Port not do?",
		"The technical reason for a System Port. (RFC 6335 sections 8.1.1 and 8.1.2)",
		true, need_why_not_user},
	[DOC_WHY_RESERVED] = {"Why Reserved", "Why should a Reserved port or name be given out?",
		"Only where it is Reserved; not where the assignee of the port asks for a\n"
		"further transport. (RFC 6335 section 8.1)",
		true, need_why_reserved},
	[DOC_WHY_SEVERAL] = {"Why Several Ports", "Why is each of the ports a service of its own?",
		"A line for each, such as '9001: ...'. An assigned range of others is no\n"
		"precedent. (RFC 7605 sections 6 and 7.2)",
		true, need_why_several},
	[DOC_WHY_SEPARATE] = {"Why Secure And Insecure", "Why is there a secure and an insecure port?",
		"Only where there are both: the use and the safety of each. (RFC 7605 section\n"
		"7.4)",
		true, need_why_separate},
	[DOC_DEVELOPMENT] = {"State of Development", "How far is the development?",
		"Planned, being written, tested, in use; and which of the transports are in use\n"
		"now. (IANA's form; RFC 6335 section 7.2)",
		true, need_development},
	[DOC_DIFFERENCE] = {"Difference", "What sets it apart from services that are assigned?",
		"Those that come near, and why none of them would do. (IANA's form; RFC 7605\n"
		"section 7.1)",
		true, need_difference},
	[DOC_UDP_CONGESTION] = {"UDP Congestion", "How is UDP traffic limited?",
		"Does it react to congestion, is its load limited otherwise? (IANA's form; RFC\n"
		"7605 section 7.6)",
		true, need_udp},
	[DOC_UDP_DISCOVERY] = {"UDP Discovery Only", "Is UDP only for finding hosts of this protocol?",
		"Yes or no, and how it is done. (IANA's form; RFC 7605 section 7.6)",
		true, need_udp},
	[DOC_TRANSPORT_DIFFERENCES] = {"Transport Differences", "How does it differ between the transports?",
		"The same name and port are for what is essentially the same service. (IANA's\n"
		"form; RFC 7605 section 7.6)",
		true, need_transport_differences},
	[DOC_VERSIONING] = {"Versioning", "How are versions told apart?",
		"Within the protocol, so that one port serves all of them. (IANA's form; RFC\n"
		"7605 section 7.5)",
		true, need_usage},
	[DOC_SECURITY] = {"Security", "How is it secured?",
		"By itself, or by TLS, DTLS, TCP-AO. New services are expected to be secure,\n"
		"and to have no insecure form beside. (IANA's form; RFC 7605 section 7.4)",
		true, need_usage},
	[DOC_SCTP_EXISTING] = {"SCTP Existing", "Which name or port has it for TCP or UDP?",
		"'none' is an answer. (IANA's form)",
		true, need_sctp},
	[DOC_SCTP_REASON] = {"SCTP Reason", "What makes SCTP the choice?",
		"The capability of SCTP that it needs. (IANA's form)",
		true, need_sctp},
	[DOC_DCCP_INTENT] = {"DCCP Intent", "Is there a concrete intent to use it with DCCP?",
		"Where the name is known for TCP or SCTP: who will use it and when. (RFC 4340\n"
		"section 19.9)",
		true, need_dccp},
	[DOC_REASON] = {"Reason", "Why?",
		"Why the change, the release, the revocation or the renewal is asked for.",
		true, need_reason},
	[DOC_IMPACT] = {"Impact", "What does it mean for those who use it?",
		"Programs, firewalls and settings that know the old name or contact. (RFC 7605\n"
		"section 7.9; IANA's form)",
		true, need_impact},
	[DOC_EVIDENCE] = {"Evidence", "What shows it?",
		"Of a succession: the acquisition, the new name of a company, the agreement of\n"
		"both sides. Assignments cannot be sold or handed on. (RFC 6335 section 8.5)",
		true, need_evidence},
	[DOC_NOT_IN_USE] = {"Not In Use", "How is it known that the port is not used any more?",
		"The last release that used it, what replaced it, measurements. (RFC 6335\n"
		"sections 8.2 to 8.4)",
		true, need_not_in_use},
	[DOC_RELEASE_NAME] = {"Release Name", "Is the service name released too?",
		"yes, or no. It stays assigned without a port as a rule; its release is rare.\n"
		"(RFC 6335 section 8.2)",
		false, need_release_name},
	[DOC_CLEARLY_UNUSED] = {"Clearly Unused", "Is it clear that the port is not used any more?",
		"yes: the registry revokes it; no: there is a community call of four weeks\n"
		"first. (RFC 6335 section 8.4)",
		false, need_clearly_unused},
	[DOC_LEASE] = {"Lease Days", "For how many days?",
		"Only in a pool that leases its ports, and of a renewal there.",
		false, need_lease},
};
/* clang-format on */
