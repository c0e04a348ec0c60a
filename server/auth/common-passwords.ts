/**
 * Passwords that somebody would try first. No list from the network is asked: the rules below take
 * in whole families ("Password2026!", "abcabcabc1"), and a short list the rest of what stands at the
 * top of published leaks and is long enough to get this far.
 */

/** What somebody who knows the person would try. */
export interface PasswordOwner {
	email: string;
	name: string;
}

/** Words that alone, or with figures and signs around them, are no password. */
const WORDS = new Set(
	`password passwort passw0rd p4ssword kennwort motdepasse contrasena parola qwerty qwertz azerty
	qwertyuiop qwertyui asdfghjkl zxcvbnm letmein welcome willkommen iloveyou ichliebedich sunshine
	princess football baseball basketball superman batman spiderman pokemon starwars chocolate
	butterfly liverpool manchester barcelona chelsea arsenal juventus computer internet facebook
	google microsoft samsung administrator admin administrador root master secret geheim changeme
	default trustno monkey dragon shadow michael jennifer jessica alexander elizabeth christopher
	detente detenteboard board`
		.split(/\s+/)
		.filter((word) => word !== '')
);

/** The most common of ten characters and more that no rule below takes in. */
const LIST = new Set(
	`1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc qazwsxedcrfv q1w2e3r4t5 q1w2e3r4t5y6 zaq12wsxcde3
	qwe123qwe123 qweasdzxc123 qwerty1234uiop asdf1234asdf abcd1234abcd a1b2c3d4e5 a1s2d3f4g5 aa12345678
	1234qwerasdf 123qweasdzxc 12qwaszx34 mypassword mypassword1 thisismypassword yourpassword
	nopassword passwordpassword correcthorsebatterystaple iloveyouforever iloveyousomuch
	ihateyou123 mynameisname letmeinplease opensesame letmein1234 whatever123 superman123 1234554321
	1122334455 0123456789 1029384756 1357924680 3141592654 31415926535 9876543210 147258369 1472583690
	7894561230 5201314520 woaini1314 woaini520520`.split(/\s+/)
);

/** What lies next to each other on keyboards and in the alphabet. */
const ROWS = [
	'01234567890',
	'abcdefghijklmnopqrstuvwxyz',
	'qwertyuiop',
	'qwertzuiop',
	'azertyuiop',
	'asdfghjkl',
	'zxcvbnm',
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm'
];

/** Whether `password` would be guessed early, by anybody or by who knows its owner. */
export function isCommon(password: string, owner: Partial<PasswordOwner> = {}): boolean {
	const plain = password.toLowerCase().replace(/[\s._\-@!?#*$%&+]/g, '');
	if (new Set(plain).size < 4) return true;
	if (LIST.has(plain) || repeats(plain) || runs(plain)) return true;
	const word = bare(password);
	return word !== '' && (WORDS.has(word) || repeatsWord(word) || isOwners(word, owner));
}

/** Letters alone, without the figures and signs at either end and between. */
function bare(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}]/gu, '');
}

/** "abcabcabc1": one short part again and again, whatever stands behind the last whole one. */
function repeats(text: string): boolean {
	for (let length = 1; length <= 5; length++) {
		const part = text.slice(0, length);
		if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return true;
	}
	return false;
}

function repeatsWord(word: string): boolean {
	const half = word.slice(0, word.length / 2);
	return word.length >= 8 && half.repeat(2) === word && WORDS.has(half);
}

/** Nothing but rows of the keyboard or the alphabet, forwards or backwards, four or more each. */
function runs(text: string): boolean {
	let at = 0;
	while (at < text.length) {
		const length = longestRun(text.slice(at));
		if (length < 4 && length < text.length - at) return false;
		if (length < 3) return text.length - at < 3 && at > 0;
		at += length;
	}
	return true;
}

function longestRun(text: string): number {
	let longest = 1;
	for (const row of ROWS) {
		for (const way of [row, [...row].reverse().join('')]) {
			let length = 0;
			while (length < text.length && way.includes(text.slice(0, length + 1))) length += 1;
			longest = Math.max(longest, length);
		}
	}
	return longest;
}

function isOwners(word: string, { email = '', name = '' }: Partial<PasswordOwner>): boolean {
	const [local = '', host = ''] = email.split('@');
	const known = [email, local, `${local}${host.split('.')[0]}`, name, ...name.split(/\s+/)];
	const own = known.map(bare).filter((text) => text.length >= 4);
	if (own.some((text) => text === word || text.repeat(2) === word)) return true;
	return bare([...name.split(/\s+/)].reverse().join('')) === word;
}
