package obshto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.saml.SAMLEndpoint;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AuthnStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Takes from the state's answer who somebody is and how surely, and keeps the number out of Keycloak.
 *
 * <p>Keycloak would store the number as the identity of the account, show it to administrators and write
 * it into events. It gets a keyed hash instead; the number itself lives in the session alone.
 */
public final class EidMapper extends AbstractIdentityProviderMapper {
    private static final String IDENTIFIER = EidRequest.ATTRIBUTES + "personIdentifier";
    private static final String NAME = EidRequest.ATTRIBUTES + "personName";
    private static final String LEVEL = EidRequest.ATTRIBUTES + "levelOfAssurance";
    private static final List<String> NOTES = List.of("eid_identifier", "eid_loa");
    private static final Map<String, String> LEVELS = Map.of("LOW", "1", "SUBSTANTIAL", "2", "HIGH", "3");

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session, RealmModel realm, IdentityProviderMapperModel mapper, BrokeredIdentityContext who) {
        AssertionType said = (AssertionType) who.getContextData().get(SAMLEndpoint.SAML_ASSERTION);
        String identifier = attribute(said, IDENTIFIER);
        if (identifier == null || identifier.isBlank()) {
            throw new IdentityBrokerException("the answer names nobody");
        }
        String hash = hashed(who.getIdpConfig().getConfig().get("eidHashKey"), identifier);
        who.setId(hash);
        who.setBrokerUserId(EidRequest.ALIAS + "." + hash);
        who.setUsername("eid-" + hash.substring(0, 32));
        who.setModelUsername(who.getUsername());
        // The state gives no address that anybody has answered from, and Keycloak calls accounts by
        // one. To this no letter can go (RFC 2606), and the house does not take it for an address.
        who.setEmail(hash.substring(0, 32) + "@eid.invalid");
        named(who, attribute(said, NAME));
        keep(who, NOTES.get(0), identifier);
        keep(who, NOTES.get(1), level(said));
        proven(session, who);
    }

    /** Level 1 of ours: Keycloak notes none of who came from elsewhere, and would ask for a password at once. */
    private static void proven(KeycloakSession session, BrokeredIdentityContext who) {
        AuthenticationSessionModel current = who.getAuthenticationSession();
        new AcrStore(session, current).setLevelAuthenticated(1);
        // Where the next sign-in of this browser looks for it (`CookieAuthenticator`).
        current.setUserSessionNote(Constants.LOA_MAP, current.getAuthNote(Constants.LOA_MAP));
    }

    /** Somebody's first time begins the flow anew, which forgets what the session was to be told. */
    private static void keep(BrokeredIdentityContext who, String name, String said) {
        who.setSessionNote(name, said);
        who.getAuthenticationSession().setClientNote(name, said);
    }

    @Override
    public void importNewUser(KeycloakSession session, RealmModel realm, UserModel user,
            IdentityProviderMapperModel mapper, BrokeredIdentityContext who) {
        for (String name : NOTES) {
            who.getAuthenticationSession().setUserSessionNote(name, who.getAuthenticationSession().getClientNote(name));
            who.getAuthenticationSession().removeClientNote(name);
        }
        proven(session, who);
    }

    @Override
    public void updateBrokeredUser(KeycloakSession session, RealmModel realm, UserModel user,
            IdentityProviderMapperModel mapper, BrokeredIdentityContext who) {
        NOTES.forEach(who.getAuthenticationSession()::removeClientNote);
        user.setFirstName(who.getFirstName());
        user.setLastName(who.getLastName());
    }

    /** What the state says of the level; nothing said counts as the least. */
    private static String level(AssertionType said) {
        String word = attribute(said, LEVEL);
        if (word == null) {
            word = context(said);
        }
        return LEVELS.getOrDefault(word == null ? "" : word.substring(word.lastIndexOf('/') + 1).toUpperCase(), "1");
    }

    /** Of eIDAS: http://eidas.europa.eu/LoA/substantial. */
    private static String context(AssertionType said) {
        for (Object statement : said.getStatements()) {
            if (statement instanceof AuthnStatementType shown && shown.getAuthnContext() != null
                    && shown.getAuthnContext().getSequence() != null
                    && shown.getAuthnContext().getSequence().getClassRef() != null) {
                return String.valueOf(shown.getAuthnContext().getSequence().getClassRef().getValue());
            }
        }
        return null;
    }

    private static String attribute(AssertionType said, String name) {
        for (Object statement : said.getStatements()) {
            if (statement instanceof AttributeStatementType list) {
                for (AttributeStatementType.ASTChoiceType choice : list.getAttributes()) {
                    AttributeType one = choice.getAttribute();
                    if (one != null && name.equals(one.getName()) && !one.getAttributeValue().isEmpty()) {
                        return String.valueOf(one.getAttributeValue().get(0)).strip();
                    }
                }
            }
        }
        return null;
    }

    private static void named(BrokeredIdentityContext who, String name) {
        String[] words = name == null ? new String[0] : name.strip().split("\\s+", 2);
        who.setFirstName(words.length > 0 && !words[0].isEmpty() ? words[0] : "?");
        who.setLastName(words.length > 1 ? words[1] : "?");
    }

    private static String hashed(String key, String identifier) {
        if (key == null || key.length() < 32) {
            throw new IdentityBrokerException("the key of the hash is not set");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(identifier.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException error) {
            throw new IdentityBrokerException("no hash", error);
        }
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode mode) {
        return true;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {"saml"};
    }

    @Override
    public String getDisplayCategory() {
        return "obshto";
    }

    @Override
    public String getDisplayType() {
        return "еАвтентикация";
    }

    @Override
    public String getHelpText() {
        return "Who somebody is and how surely, without keeping the number.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public String getId() {
        return "obshto-eid";
    }

    @Override
    public Set<Class<? extends org.keycloak.provider.Provider>> dependsOn() {
        return Set.of();
    }
}
