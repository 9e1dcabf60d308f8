<#-- The frame of every page: languages, whose page it is, one heading, one column. -->
<#assign languages = {"bg": "Български", "en": "English", "ro": "Română"}>
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<#assign asksAgain = auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
<#assign owner = (municipality.title)!msg("region")>
<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<title><#if message?? && message.type = "error">${msg("errorWord")}: </#if><#nested "header"> – ${owner}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="${url.resourcesPath}/img/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${url.resourcesPath}/css/obshto.css">
<#if scripts??><#list scripts as script>
<script src="${script}"></script>
</#list></#if>
<script type="importmap">{"imports": {"rfc4648": "${url.resourcesCommonPath}/vendor/rfc4648/rfc4648.js"}}</script>
<script type="module">
<#outputformat "JavaScript">
import { startSessionPolling, checkAuthSession } from ${(url.resourcesPath + "/js/authChecker.js")?c};
startSessionPolling(${url.ssoLoginInOtherTabsUrl?c});
<#if authenticationSession??>checkAuthSession(${authenticationSession.authSessionIdHash?c});</#if>
</#outputformat>
</script>
</head>
<body data-page-id="login-${pageId}">
<a class="skip" href="#main">${msg("skipToContent")}</a>
<header>
<#if locale?? && locale.supported?size gt 1>
<nav class="strip" aria-label="${msg("languages")}"><ul>
<#list ["bg", "en", "ro"] as tag><#list locale.supported as one><#if one.languageTag = tag>
<li><a href="${one.url}" lang="${tag}" hreflang="${tag}"<#if locale.currentLanguageTag = tag> aria-current="true"</#if>>${languages[tag]}</a></li>
</#if></#list></#list>
</ul></nav>
</#if>
<div class="head"><p class="brand"><svg viewBox="0 0 40 48" aria-hidden="true"><path d="M0 0h40v28c0 10-9 16-20 20C9 44 0 38 0 28z"/></svg><span><b>${owner}</b><small>${msg("doorOfTheHouse")}</small></span></p></div>
</header>
<main id="main">
<h1><#nested "header"></h1>
<#if displayMessage && message?has_content && (message.type != "warning" || !isAppInitiatedAction??)>
<div class="notice notice-${message.type}" role="<#if message.type = "error">alert<#else>status</#if>">${kcSanitize(message.summary)?no_esc}</div>
</#if>
<#if asksAgain>
<p class="whom">${msg("signingInAs")} <b>${auth.attemptedUsername}</b> <a href="${url.loginRestartFlowUrl}">${msg("anotherPerson")}</a></p>
</#if>
<#nested "form">
<#if auth?has_content && auth.showTryAnotherWayLink()>
<form action="${url.loginAction}" method="post"><button class="link" name="tryAnotherWay" value="on">${msg("doTryAnotherWay")}</button></form>
</#if>
<#nested "socialProviders">
<#if displayInfo><div class="info"><#nested "info"></div></#if>
</main>
</body>
</html>
</#macro>
