namespace Portal.Migrations.Platform;

/// <summary>
/// The function by which whoever signs motor blocks in says, for many sign-ins at once, which password was used, by which client and
/// from where. The role that signs in writes no table; it may call this.
/// </summary>
internal static class NoteMotorBlockUses
{
    /// <remarks>
    /// Blocks are locked in the order of their ids, so that two batches never wait for each other in a circle. One block keeps its 60
    /// newest rows: who holds its password cannot fill the table by changing the client's name.
    /// </remarks>
    public const string Create = """
        CREATE FUNCTION note_motor_block_uses(uses jsonb) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM FROM motor_blocks
            WHERE id IN (SELECT noted.block FROM jsonb_to_recordset(note_motor_block_uses.uses) AS noted(block uuid))
            ORDER BY id FOR NO KEY UPDATE;

            INSERT INTO motor_block_uses AS kept (motor_block_id, password_id, client_name, network, last_ip, first_at, last_at, uses)
            SELECT noted.block, noted.password, left(coalesce(noted.client, ''), 255) AS client_name,
                network(set_masklen(noted.ip, CASE family(noted.ip) WHEN 4 THEN 24 ELSE 48 END))::cidr AS network,
                (array_agg(noted.ip ORDER BY noted.at DESC))[1], min(noted.at), max(noted.at), sum(coalesce(noted.uses, 1))
            FROM jsonb_to_recordset(note_motor_block_uses.uses) AS noted(block uuid, password uuid, client text, ip inet, at timestamptz, uses bigint)
            JOIN motor_blocks ON motor_blocks.id = noted.block
            GROUP BY 1, 2, 3, 4
            ON CONFLICT (motor_block_id, password_id, client_name, network) DO UPDATE SET
                last_ip = CASE WHEN excluded.last_at >= kept.last_at THEN excluded.last_ip ELSE kept.last_ip END,
                first_at = least(kept.first_at, excluded.first_at),
                last_at = greatest(kept.last_at, excluded.last_at),
                uses = kept.uses + excluded.uses;

            UPDATE motor_blocks SET last_used_at = newest.at, last_used_ip = newest.ip, last_used_client = left(newest.client, 255)
            FROM (
                SELECT DISTINCT ON (noted.block) noted.block, noted.at, noted.ip, nullif(noted.client, '') AS client
                FROM jsonb_to_recordset(note_motor_block_uses.uses) AS noted(block uuid, client text, ip inet, at timestamptz)
                ORDER BY noted.block, noted.at DESC) AS newest
            WHERE motor_blocks.id = newest.block AND (motor_blocks.last_used_at IS NULL OR motor_blocks.last_used_at < newest.at);

            DELETE FROM motor_block_uses AS old USING (
                SELECT motor_block_id, password_id, client_name, network,
                    row_number() OVER (PARTITION BY motor_block_id ORDER BY last_at DESC, first_at DESC) AS place
                FROM motor_block_uses
                WHERE motor_block_id IN (SELECT noted.block FROM jsonb_to_recordset(note_motor_block_uses.uses) AS noted(block uuid))) AS placed
            WHERE placed.place > 60 AND (old.motor_block_id, old.password_id, old.client_name, old.network)
                = (placed.motor_block_id, placed.password_id, placed.client_name, placed.network);
        END
        $$;

        REVOKE ALL ON FUNCTION note_motor_block_uses(jsonb) FROM PUBLIC;
        """;

    public const string Drop = "DROP FUNCTION note_motor_block_uses(jsonb);";
}
