/**
 * For tests: a WebAuthn authenticator in software, so that right and wrong answers alike are made of
 * real keys and signatures.
 */
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const FLAGS = { present: 0x01, verified: 0x04, holdsCredential: 0x40 };

/** What may be wrong with an answer. */
export interface Lies {
	origin?: string;
	site?: string;
	/** The person was not asked for a PIN or a finger. */
	unverified?: boolean;
	counter?: number;
	type?: string;
	/** As if its maker vouched for it. */
	certificates?: boolean;
}

export class SoftwareAuthenticator {
	readonly id = randomBytes(16).toString('base64url');
	readonly #origin: string;
	readonly #keys: { publicKey: KeyObject; privateKey: KeyObject };
	#counter = 0;

	constructor(origin: string) {
		this.#origin = origin;
		this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	}

	/** Answers a request for a new passkey, as JSON. */
	create({ challenge }: { challenge: string }, lies: Lies = {}): string {
		const clientData = this.#clientData('webauthn.create', challenge, lies);
		const id = Buffer.from(this.id, 'base64url');
		const length = Buffer.from([0, id.length]);
		const data = Buffer.concat([
			this.#head(FLAGS.holdsCredential, lies),
			Buffer.alloc(16),
			length,
			id,
			this.#coseKey()
		]);
		const statement = lies.certificates
			? new Map<string, unknown>([
					['alg', -7],
					['sig', this.#signed(data, clientData)],
					['x5c', [randomBytes(64)]]
				])
			: new Map();
		const object = new Map<string, unknown>([
			['fmt', lies.certificates ? 'packed' : 'none'],
			['attStmt', statement],
			['authData', new Uint8Array(data)]
		]);
		return this.#answer({
			clientDataJSON: clientData.toString('base64url'),
			attestationObject: Buffer.from(isoCBOR.encode(object as never)).toString('base64url'),
			transports: ['internal', 'hybrid']
		});
	}

	/** Answers a request to sign, as JSON. */
	get({ challenge }: { challenge: string }, lies: Lies = {}): string {
		const clientData = this.#clientData('webauthn.get', challenge, lies);
		this.#counter += 1;
		const data = this.#head(0, lies);
		return this.#answer({
			clientDataJSON: clientData.toString('base64url'),
			authenticatorData: data.toString('base64url'),
			signature: Buffer.from(this.#signed(data, clientData)).toString('base64url')
		});
	}

	#answer(response: object): string {
		const { id } = this;
		return JSON.stringify({
			id,
			rawId: id,
			type: 'public-key',
			clientExtensionResults: {},
			response
		});
	}

	#clientData(type: string, challenge: string, lies: Lies): Buffer {
		const origin = lies.origin ?? this.#origin;
		return Buffer.from(
			JSON.stringify({ type: lies.type ?? type, challenge, origin, crossOrigin: false })
		);
	}

	#head(flags: number, lies: Lies): Buffer {
		const site = lies.site ?? new URL(this.#origin).hostname;
		const head = Buffer.alloc(37);
		createHash('sha256').update(site).digest().copy(head);
		head[32] = FLAGS.present | (lies.unverified ? 0 : FLAGS.verified) | flags;
		head.writeUInt32BE(lies.counter ?? this.#counter, 33);
		return head;
	}

	#coseKey(): Uint8Array {
		const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
		const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
		return isoCBOR.encode(
			new Map<number, number | Uint8Array>([
				[1, 2],
				[3, -7],
				[-1, 1],
				[-2, bytes(x)],
				[-3, bytes(y)]
			]) as never
		);
	}

	#signed(data: Buffer, clientData: Buffer): Uint8Array {
		const hash = createHash('sha256').update(clientData).digest();
		return new Uint8Array(sign('sha256', Buffer.concat([data, hash]), this.#keys.privateKey));
	}
}
