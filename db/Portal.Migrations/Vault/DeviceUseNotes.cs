namespace Portal.Migrations.Vault;

/// <summary>
/// The function by which the authenticator, whose role may write nothing, notes who used which device. Its argument is an array of
/// <c>{device, password, protocol, client, ip, at, uses}</c>; what it does not know it leaves out.
/// </summary>
internal static class DeviceUseNotes
{
    public const string Create = """
        CREATE FUNCTION note_device_uses(uses jsonb) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        #variable_conflict use_column
        DECLARE
            known uuid[];
            kept CONSTANT integer := 60;
        BEGIN
            -- Locked in one order: instances that note at once wait for each other, and none is broken off as a deadlock.
            known := ARRAY(
                SELECT d.id FROM devices d
                WHERE d.id IN (SELECT (item->>'device')::uuid FROM jsonb_array_elements($1) item)
                ORDER BY d.id FOR NO KEY UPDATE);

            INSERT INTO device_uses AS old (device_id, password_id, protocol, client_name, network, last_ip, first_at, last_at, uses)
            SELECT u.device, u.password, u.protocol, left(coalesce(u.client, ''), 255),
                network(set_masklen(u.ip, CASE family(u.ip) WHEN 4 THEN 24 ELSE 48 END)),
                (array_agg(u.ip ORDER BY u.at DESC))[1], min(u.at), max(u.at), sum(u.uses)
            FROM jsonb_to_recordset($1) AS u(device uuid, password uuid, protocol text, client text, ip inet, at timestamptz, uses bigint)
            WHERE u.device = ANY (known)
            GROUP BY 1, 2, 3, 4, 5
            ON CONFLICT (device_id, password_id, protocol, client_name, network) DO UPDATE SET
                last_ip = CASE WHEN excluded.last_at >= old.last_at THEN excluded.last_ip ELSE old.last_ip END,
                first_at = least(old.first_at, excluded.first_at),
                last_at = greatest(old.last_at, excluded.last_at),
                uses = old.uses + excluded.uses;

            UPDATE devices d SET
                last_used_at = newest.at,
                last_used_ip = newest.ip,
                last_used_client = left(coalesce(newest.client, ''), 255),
                last_used_protocol = newest.protocol
            FROM (
                SELECT DISTINCT ON (u.device) u.device, u.protocol, u.client, u.ip, u.at
                FROM jsonb_to_recordset($1) AS u(device uuid, protocol text, client text, ip inet, at timestamptz)
                WHERE u.device = ANY (known)
                ORDER BY u.device, u.at DESC) newest
            WHERE d.id = newest.device AND (d.last_used_at IS NULL OR d.last_used_at < newest.at);

            DELETE FROM device_uses USING (
                SELECT s.ctid AS place, row_number() OVER (PARTITION BY s.device_id ORDER BY s.last_at DESC, s.first_at DESC) AS age
                FROM device_uses s WHERE s.device_id = ANY (known)) ranked
            WHERE device_uses.ctid = ranked.place AND ranked.age > kept;
        END
        $$;

        REVOKE ALL ON FUNCTION note_device_uses(jsonb) FROM PUBLIC;
        """;

    public const string Drop = "DROP FUNCTION note_device_uses(jsonb);";
}
