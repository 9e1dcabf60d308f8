function i(t,e,n,s){t.focus(),t.setSelectionRange(n,s),document.execCommand("insertText",!1,e)||t.setRangeText(e,n,s,"end"),t.dispatchEvent(new Event("input",{bubbles:!0}))}function a(t,e){let{selectionStart:n,selectionEnd:s,value:c}=t;i(t,e+c.slice(n,s)+e,n,s),n===s&&t.setSelectionRange(n+e.length,n+e.length)}function u(t,e){let n=t.value.lastIndexOf(`
`,t.selectionStart-1)+1,s=t.value.slice(n,t.selectionEnd),c=/^\d/.test(e),o=s.split(`
`).map((l,d)=>(c?`${d+1}. `:e)+l);i(t,o.join(`
`),n,t.selectionEnd)}function f(t,e){let{selectionStart:n,selectionEnd:s,value:c}=t,o=c.slice(n,s)||e;i(t,`[${o}](https://)`,n,s);let l=t.selectionStart-1;t.setSelectionRange(l,l)}for(let t of document.querySelectorAll("[data-tools]")){let e=document.getElementById(t.dataset.tools);t.hidden=!1,t.addEventListener("click",n=>{let{around:s,line:c,link:o}=n.target.dataset;s&&a(e,s),c&&u(e,c),o&&f(e,o)})}for(let t of document.querySelectorAll("[data-put]")){let e=document.getElementById(t.dataset.into);e&&(t.hidden=!1,t.addEventListener("click",()=>i(e,`

${t.dataset.put}

`,e.selectionEnd,e.selectionEnd)))}
