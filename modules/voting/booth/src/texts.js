// Words of the booth; the questions and answers come from the election, in Bulgarian.
export const LANGUAGES = ['bg', 'en', 'ro']

/** Each text in the order of the languages. */
export const TEXTS = {
  title: ['Гласуване', 'Voting', 'Votare'],
  trial: ['ПРОБА.', 'TRIAL.', 'PROBĂ.'],
  trialHint: [
    'Тук само се упражнявате. Този глас не се брои.',
    'This is only for practice. This vote does not count.',
    'Aici doar exersați. Acest vot nu se numără.'
  ],
  aloud: ['Прочетете ми страницата', 'Read this page aloud', 'Citiți-mi pagina'],
  stopAloud: ['Спрете четенето', 'Stop reading', 'Opriți citirea'],
  loading: ['Зареждаме допитването…', 'Loading the vote…', 'Se încarcă votarea…'],
  offlineLoading: [
    'Няма връзка с интернет. Опитваме пак…',
    'No internet connection. Trying again…',
    'Fără conexiune la internet. Încercăm din nou…'
  ],
  busyLoading: ['Сайтът е зает. Опитваме пак…', 'The site is busy. Trying again…', 'Site-ul este ocupat. Încercăm din nou…'],
  gone: ['Тук няма допитване', 'There is no vote here', 'Aici nu este nicio votare'],
  goneWords: [
    'Проверете адреса в писмото или се обадете.',
    'Check the address in the letter or call us.',
    'Verificați adresa din scrisoare sau sunați.'
  ],
  unfit: ['Телефонът не може да запечата гласа', 'This phone cannot seal the vote', 'Telefonul nu poate sigila votul'],
  unfitWords: [
    'Браузърът е твърде стар или страницата не е отворена сигурно (https). Опитайте с друг телефон или гласувайте на гишето.',
    'The browser is too old or the page was not opened securely (https). Try another phone or vote at the counter.',
    'Browserul este prea vechi sau pagina nu a fost deschisă securizat (https). Încercați cu alt telefon sau votați la ghișeu.'
  ],
  notOpen: ['Гласуването още не е започнало', 'Voting has not begun yet', 'Votarea nu a început încă'],
  notOpenWords: ['Започва на {time}', 'It begins on {time}.', 'Începe pe {time}.'],
  closed: ['Гласуването приключи', 'Voting has ended', 'Votarea s-a încheiat'],
  closedWords: [
    'Приключи на {time} Глас вече не се приема.',
    'It ended on {time}. Votes are no longer accepted.',
    'S-a încheiat pe {time}. Nu se mai primesc voturi.'
  ],
  until: ['Гласува се до {time}', 'You can vote until {time}.', 'Se votează până pe {time}.'],
  pendingTitle: [
    'На този телефон има запечатан глас, който не е изпратен',
    'This phone holds a sealed vote that was not sent',
    'Pe acest telefon este un vot sigilat care nu a fost trimis'
  ],
  pendingWords: [
    'Изпратете го или го изтрийте и започнете отначало. Ако след това сте гласували от друг телефон, изтрийте го: брои се последният приет глас.',
    'Send it, or delete it and start again. If you have voted from another phone since then, delete it: the last accepted vote counts.',
    'Trimiteți-l sau ștergeți-l și începeți din nou. Dacă între timp ați votat de pe alt telefon, ștergeți-l: se numără ultimul vot primit.'
  ],
  pendingSend: ['Изпратете го', 'Send it', 'Trimiteți-l'],
  pendingDrop: ['Изтрийте го', 'Delete it', 'Ștergeți-l'],
  codeTitle: ['Кодът от писмото', 'The code from the letter', 'Codul din scrisoare'],
  codeHint: [
    'Пет групи по пет цифри. Кодът не напуска телефона Ви.',
    'Five groups of five digits. The code never leaves your phone.',
    'Cinci grupe de câte cinci cifre. Codul nu părăsește telefonul dvs.'
  ],
  group: ['Група {n}', 'Group {n}', 'Grupa {n}'],
  groupLong: ['Група {n} от 5', 'Group {n} of 5', 'Grupa {n} din 5'],
  codeRead: ['Кодът е прочетен от писмото.', 'The code was read from the letter.', 'Codul a fost citit din scrisoare.'],
  wrongGroup: [
    'Погледнете пак група {groups}: има сгрешена цифра.',
    'Look at group {groups} again: a digit is wrong.',
    'Verificați din nou grupa {groups}: o cifră este greșită.'
  ],
  wrongGroups: [
    'Погледнете пак групи {groups}: има сгрешени цифри.',
    'Look at groups {groups} again: some digits are wrong.',
    'Verificați din nou grupele {groups}: unele cifre sunt greșite.'
  ],
  shortGroup: [
    'Напишете още: група {groups} не е пълна.',
    'Type more: group {groups} is not complete.',
    'Mai scrieți: grupa {groups} nu este completă.'
  ],
  shortGroups: [
    'Напишете още: групи {groups} не са пълни.',
    'Type more: groups {groups} are not complete.',
    'Mai scrieți: grupele {groups} nu sunt complete.'
  ],
  codeLost: ['Нямам писмо или кодът не се чете', 'I have no letter or cannot read the code', 'Nu am scrisoare sau codul nu se citește'],
  codeLostWords: [
    'Обадете се на {phone} или елате с лична карта: {counter}. Ще получите ново писмо, а старият код се анулира.',
    'Call {phone} or come with your identity card: {counter}. You will get a new letter and the old code is cancelled.',
    'Sunați la {phone} sau veniți cu cartea de identitate: {counter}. Veți primi o scrisoare nouă, iar codul vechi se anulează.'
  ],
  next: ['Продължете', 'Continue', 'Continuați'],
  back: ['Назад', 'Back', 'Înapoi'],
  choiceTitle: ['Вашият избор', 'Your choice', 'Alegerea dvs.'],
  pickOne: ['Изберете един отговор.', 'Choose one answer.', 'Alegeți un răspuns.'],
  pickUpTo: ['Изберете най-много {most}.', 'Choose at most {most}.', 'Alegeți cel mult {most}.'],
  pickExactly: ['Изберете точно {most}.', 'Choose exactly {most}.', 'Alegeți exact {most}.'],
  pickBetween: ['Изберете от {least} до {most}.', 'Choose from {least} to {most}.', 'Alegeți de la {least} la {most}.'],
  blank: ['Празна бюлетина', 'Blank ballot', 'Buletin alb'],
  nothing: ['Никой от отговорите', 'None of the answers', 'Niciunul dintre răspunsuri'],
  review: ['Прегледайте гласа си', 'Review your vote', 'Verificați votul'],
  reviewTitle: ['Това ли искате да гласувате?', 'Is this how you want to vote?', 'Așa vreți să votați?'],
  reviewHint: [
    'Гласът се запечатва тук, в телефона. След това никой не може да го види: отварят се само общите сборове.',
    'The vote is sealed here, on your phone. After that nobody can see it: only totals are ever opened.',
    'Votul se sigilează aici, pe telefon. După aceea nimeni nu îl poate vedea: se deschid doar totalurile.'
  ],
  seal: ['Запечатайте и изпратете', 'Seal and send', 'Sigilați și trimiteți'],
  change: ['Променете', 'Change', 'Modificați'],
  sendingTitle: ['Изпращаме гласа Ви', 'Sending your vote', 'Trimitem votul dvs.'],
  sealing: ['Запечатваме гласа…', 'Sealing the vote…', 'Se sigilează votul…'],
  sending: ['Гласът е запечатан. Изпращаме го…', 'The vote is sealed. Sending it…', 'Votul este sigilat. Se trimite…'],
  offline: [
    'Няма връзка с интернет. Гласът е запечатан, нищо не е изгубено. Ще тръгне сам, щом има връзка.',
    'No internet connection. The vote is sealed, nothing is lost. It will go by itself once you are connected.',
    'Fără conexiune la internet. Votul este sigilat, nu s-a pierdut nimic. Va pleca singur când există conexiune.'
  ],
  busy: [
    'Сайтът е зает. Гласът е запечатан, нищо не е изгубено. Ще опитаме пак сами.',
    'The site is busy. The vote is sealed, nothing is lost. We will try again by ourselves.',
    'Site-ul este ocupat. Votul este sigilat, nu s-a pierdut nimic. Încercăm singuri din nou.'
  ],
  failedSeal: [
    'Гласът не можа да се запечата. Опитайте с друг телефон или се обадете на {phone}.',
    'The vote could not be sealed. Try another phone or call {phone}.',
    'Votul nu a putut fi sigilat. Încercați cu alt telefon sau sunați la {phone}.'
  ],
  refusedTitle: ['Гласът не е приет', 'The vote was not accepted', 'Votul nu a fost primit'],
  refused_closed: [
    'Гласуването приключи, преди гласът да пристигне.',
    'Voting ended before the vote arrived.',
    'Votarea s-a încheiat înainte ca votul să ajungă.'
  ],
  refused_not_open: [
    'Гласуването още не е започнало. Опитайте, когато започне.',
    'Voting has not begun yet. Try again when it has.',
    'Votarea nu a început încă. Încercați când începe.'
  ],
  refused_too_many: [
    'С този код вече е гласувано много пъти. Брои се последният приет глас.',
    'This code has voted too many times. The last accepted vote counts.',
    'Cu acest cod s-a votat de prea multe ori. Se numără ultimul vot primit.'
  ],
  refused_unknown_credential: [
    'Този код не е за това допитване. Проверете дали писмото е за него и дали не е за друго гласуване или проба.',
    'This code is not for this vote. Check that the letter is for it and not for another vote or a trial.',
    'Acest cod nu este pentru această votare. Verificați dacă scrisoarea este pentru ea și nu pentru altă votare sau pentru o probă.'
  ],
  refused_void: [
    'Този код е анулиран, защото е дадено ново писмо или хартиена бюлетина. Обадете се на {phone}.',
    'This code was cancelled because a new letter or a paper ballot was given. Call {phone}.',
    'Acest cod a fost anulat, pentru că s-a dat o scrisoare nouă sau un buletin de hârtie. Sunați la {phone}.'
  ],
  refused_broken: [
    'Бюлетината пристигна повредена. Опитайте пак. Ако не стане, обадете се на {phone}.',
    'The ballot arrived damaged. Try again. If it fails, call {phone}.',
    'Buletinul a ajuns deteriorat. Încercați din nou. Dacă nu reușește, sunați la {phone}.'
  ],
  refused_foreign: [
    'Сайтът отговори с друг контролен номер. Запишете го и веднага се обадете на {phone}.',
    'The site answered with another check number. Write it down and call {phone} at once.',
    'Site-ul a răspuns cu alt număr de control. Notați-l și sunați imediat la {phone}.'
  ],
  again: ['Опитайте пак', 'Try again', 'Încercați din nou'],
  doneTitle: ['Гласът Ви е приет', 'Your vote was accepted', 'Votul dvs. a fost primit'],
  doneWords: [
    'Това е Вашият контролен номер. Запишете го или го снимайте: с него намирате гласа си в публичния списък. Стигат първите 12 знака. Номерът не издава как сте гласували.',
    'This is your check number. Write it down or take a photo: with it you find your vote in the public list. The first 12 characters are enough. The number does not tell how you voted.',
    'Acesta este numărul dvs. de control. Notați-l sau fotografiați-l: cu el vă găsiți votul în lista publică. Primele 12 semne sunt de ajuns. Numărul nu arată cum ați votat.'
  ],
  copy: ['Копирайте номера', 'Copy the number', 'Copiați numărul'],
  copied: ['Копирано', 'Copied', 'Copiat'],
  print: ['Отпечатайте', 'Print', 'Tipăriți'],
  trackers: ['Намерете номера си в публичния списък', 'Find your number in the public list', 'Găsiți-vă numărul în lista publică'],
  check: ['Как се проверява', 'How to check the vote', 'Cum se verifică votul'],
  reVote: [
    'Можете да гласувате пак до {time}, и от друг телефон. Брои се последният приет глас.',
    'You can vote again until {time}, also from another phone. The last accepted vote counts.',
    'Puteți vota din nou până pe {time}, și de pe alt telefon. Se numără ultimul vot primit.'
  ],
  finish: ['Готово', 'Done', 'Gata'],
  nextVoter: ['Следващият гласоподавател', 'Next voter', 'Următorul alegător'],
  kioskDone: [
    'Вземете писмото си. Екранът се изчиства сам след половин минута или щом натиснете бутона.',
    'Take your letter with you. The screen clears itself after half a minute, or when you press the button.',
    'Luați scrisoarea cu dvs. Ecranul se șterge singur după o jumătate de minut sau când apăsați butonul.'
  ],
  help: [
    'Нужна ли Ви е помощ? Обадете се. Със същото писмо гласувате и на място: {counter}.',
    'Need help? Call us. With the same letter you can also vote in person: {counter}.',
    'Aveți nevoie de ajutor? Sunați. Cu aceeași scrisoare votați și pe loc: {counter}.'
  ],
  fingerprint: ['Отпечатък на допитването: {hash}', 'Fingerprint of the vote: {hash}', 'Amprenta votării: {hash}'],
  progress: ['Запечатване', 'Sealing', 'Sigilare'],
  step: ['Стъпка {n} от 3', 'Step {n} of 3', 'Pasul {n} din 3'],
  clock: ['{day} {month}, {hour}:{minute} ч.', '{day} {month}, {hour}:{minute}', '{day} {month}, {hour}:{minute}'],
  noPhone: ['общината', 'the municipality', 'municipalitate'],
  noCounter: ['на гишето в общината', 'at the municipality’s counter', 'la ghișeul municipalității']
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
