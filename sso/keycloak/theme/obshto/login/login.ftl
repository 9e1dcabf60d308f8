<#import "template.ftl" as layout>
<#import "passkeys.ftl" as passkeys>
<#assign isWrong = messagesPerField.existsError("username", "password")>
<@layout.registrationLayout displayMessage=!isWrong displayInfo=realm.registrationAllowed && !registrationDisabled??; section>
<#if section = "header">${msg("loginAccountTitle")}<#elseif section = "form">
<form action="${url.loginAction}" method="post">
<#if isWrong><p class="notice notice-error" id="wrong" role="alert">${kcSanitize(messagesPerField.getFirstError("username", "password"))?no_esc}</p></#if>
<#if !usernameHidden??>
<div class="field">
<label class="label" for="username">${msg("email")}</label>
<input class="input" id="username" name="username" type="email" value="${(login.username!'')}" autocomplete="${(enableWebAuthnConditionalUI?has_content)?then('username webauthn', 'username')}" autocapitalize="none" spellcheck="false"<#if isWrong> aria-invalid="true" aria-describedby="wrong"</#if>>
</div>
</#if>
<div class="field">
<label class="label" for="password">${msg("password")}</label>
<div class="reveal">
<input class="input" id="password" name="password" type="password" autocomplete="current-password"<#if isWrong> aria-invalid="true" aria-describedby="wrong"</#if>>
<button class="link reveal-button" type="button" data-password-toggle aria-controls="password" aria-label="${msg("showPassword")}" data-label-show="${msg("showPassword")}" data-label-hide="${msg("hidePassword")}"><span></span></button>
</div>
<#if realm.resetPasswordAllowed><p class="under"><a href="${url.loginResetCredentialsUrl}">${msg("doForgotPassword")}</a></p></#if>
</div>
<#if realm.rememberMe && !usernameHidden??>
<div class="field check">
<input id="rememberMe" name="rememberMe" type="checkbox"<#if login.rememberMe??> checked</#if>>
<label for="rememberMe">${msg("rememberMe")}</label>
</div>
</#if>
<input type="hidden" name="credentialId"<#if auth.selectedCredential?has_content> value="${auth.selectedCredential}"</#if>>
<button class="button" name="login">${msg("doLogIn")}</button>
</form>
<@passkeys.conditionalUIData />
<script type="module" src="${url.resourcesPath}/js/passwordVisibility.js"></script>
<#elseif section = "info">
<h2>${msg("noAccount")}</h2>
<p><a href="${url.registrationUrl}">${msg("doRegister")}</a></p>
<#elseif section = "socialProviders">
<#if social?? && social.providers?has_content>
<h2>${msg("identity-provider-login-label")}</h2>
<ul class="ways"><#list social.providers as one><li><a class="button button-quiet" href="${one.loginUrl}">${one.displayName!}</a></li></#list></ul>
</#if>
</#if>
</@layout.registrationLayout>
