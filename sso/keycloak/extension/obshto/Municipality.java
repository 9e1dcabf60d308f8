package obshto;

import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The municipality from which somebody came to sign in, as the address says. */
final class Municipality {
    private static final String ASKED = "client_request_param_municipality";
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{1,30}");

    private Municipality() {}

    /** Only an organization of ours; null for a word that somebody wrote into the address. */
    static OrganizationModel of(KeycloakSession session, AuthenticationSessionModel current) {
        String slug = current == null ? null : current.getClientNote(ASKED);
        if (slug == null || !SLUG.matcher(slug).matches()) {
            return null;
        }
        OrganizationModel found = session.getProvider(OrganizationProvider.class).getByAlias(slug);
        return found != null && found.isEnabled() ? found : null;
    }
}
